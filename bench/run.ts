/**
 * What Respan costs, beside a bare pass-through on the same machine in the same minutes:
 *
 *   npm run bench [-- --quick] [-- --rounds 3 --seconds 4 --streams 500,1000]
 *
 * Everything is on: authentication, routing, metering, prices, full logs with bodies in PostgreSQL.
 */
import { z } from 'zod';
import { build } from '../scripts/lib/prepare.mjs';
import { measure, type Target, type TargetName } from './measure';
import { type Options, parseOptions } from './options';
import { DELTAS_A_SECOND, openStreams, type PHASE_NAMES, PHASES } from './phases';
import { formatReport } from './report';
import { startRespan } from './respan';
import { perSecond, problemsOf, type Results, type Round, type StreamsTried } from './results';
import { type Child, startChild } from './support/child';
import { busyLine, machineLine } from './support/machine';
import { pin } from './support/processes';

const LISTENING = z.object({ port: z.number() });
const LATE_DELTA_US = 100_000;
/** Requests before anything is measured. */
const WARM_AFTER = 8000;
const WARM_TRIES = 20;

interface Bench {
  readonly generator: Child;
  readonly targets: Readonly<Record<TargetName, Target>>;
}

const cleanups: (() => Promise<void>)[] = [];

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const busy = busyLine();
  await build();
  const bench = await startAll();
  const problems: string[] = [];
  await warmUp(bench);
  const rounds: Round[] = [];
  for (let index = 0; index < options.rounds; index++) rounds.push(await round(bench, options, index, problems));
  const streams = await tryStreams(bench, options, problems);
  print({ rounds, streams }, options, busy);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

async function startAll(): Promise<Bench> {
  const [mock, listening] = await startChild('servers/mock-upstream.ts');
  cleanups.push(() => mock.stop());
  const mockPort = LISTENING.parse(listening).port;
  const upstreamUrl = `http://127.0.0.1:${mockPort}`;
  const [bare, bareListening] = await startChild('servers/pass-through.ts', [upstreamUrl]);
  cleanups.push(() => bare.stop());
  const [generator] = await startChild('load/generator.ts');
  cleanups.push(() => generator.stop());
  const respan = await startRespan(upstreamUrl);
  cleanups.push(() => respan.stop());
  for (const pid of [bare.pid, respan.pid]) pin(pid, 'first core');
  for (const pid of [mock.pid, generator.pid, respan.postmasterPid]) if (pid) pin(pid, 'other cores');
  const plain = {
    path: '/v1/messages',
    headers: { 'x-api-key': 'sk-ant-api03-bench' },
    postmasterPid: null,
    logs: null,
  };
  const { postmasterPid, logs, port, pid } = respan;
  return {
    generator,
    targets: {
      direct: { name: 'direct', ...plain, port: mockPort, pid: null },
      bare: { name: 'bare', ...plain, port: LISTENING.parse(bareListening).port, pid: bare.pid },
      respan: {
        ...{ name: 'respan', port, pid, postmasterPid, logs },
        path: '/api/anthropic/v1/messages',
        headers: { 'x-api-key': respan.apiKey },
      },
    },
  };
}

/** Until the compiler has seen the code that is measured often enough, however slow the machine is. */
async function warmUp({ generator, targets }: Bench): Promise<void> {
  const times = { warmupMs: 0, durationMs: 500 };
  for (const target of Object.values(targets)) {
    for (let sent = 0, tries = 0; sent < WARM_AFTER && tries < WARM_TRIES; tries++) {
      sent += (await measure(generator, target, PHASES.throughput, times)).load.sent;
    }
    await measure(generator, target, PHASES.deltas, times);
  }
}

/** Targets take turns within each phase, so that what disturbs the machine disturbs all of them. */
async function round(bench: Bench, options: Options, index: number, problems: string[]): Promise<Round> {
  const times = { warmupMs: 250 * Math.min(4, options.seconds), durationMs: options.seconds * 1000 };
  const take = async (target: Target, phase: (typeof PHASE_NAMES)[number]) => {
    const measurement = await measure(bench.generator, target, PHASES[phase], times);
    problems.push(...problemsOf(`${target.name}, ${phase}`, measurement));
    progress(
      `round ${index + 1}, ${phase}, ${target.name}: ${Math.round(perSecond(measurement)).toLocaleString('en-US')}/s`,
    );
    return measurement;
  };
  const { direct, bare, respan } = bench.targets;
  const all = async (phase: (typeof PHASE_NAMES)[number]) => ({
    direct: await take(direct, phase),
    bare: await take(bare, phase),
    respan: await take(respan, phase),
  });
  return {
    throughput: await all('throughput'),
    rate200: await all('rate200'),
    rate1000: await all('rate1000'),
    firstToken: await all('firstToken'),
    deltas: await all('deltas'),
    large: await all('large'),
  };
}

/** More and more streams at once, until one of a hundred deltas comes too late. */
async function tryStreams(
  { generator, targets }: Bench,
  options: Options,
  problems: string[],
): Promise<StreamsTried[]> {
  const tried: StreamsTried[] = [];
  for (const target of [targets.bare, targets.respan]) {
    for (const streams of options.streams) {
      // Opening that many takes a moment.
      const times = { warmupMs: 500 + streams, durationMs: Math.min(3000, options.seconds * 1000) };
      const workload = openStreams(streams, times.warmupMs + times.durationMs);
      const measurement = await measure(generator, target, workload, times);
      const { load } = measurement;
      const onTime =
        load.deltas > 0.9 * streams * DELTAS_A_SECOND * load.seconds && load.deltaDelayUs.p99 < LATE_DELTA_US;
      problems.push(...problemsOf(`${target.name}, ${streams} streams`, measurement));
      tried.push({ target: target.name, streams, held: onTime && load.failed === 0, measurement });
      progress(`${streams} streams, ${target.name}: p99 delay ${Math.round(load.deltaDelayUs.p99 / 1000)} ms`);
      if (!onTime) break;
    }
  }
  return tried;
}

function print(results: Results, { rounds, seconds }: Options, busy: string | null): void {
  console.log(`\n${formatReport(results)}\n`);
  console.log(`${machineLine(new Date())}; medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s.`);
  if (busy) console.log(busy);
}

function progress(line: string): void {
  console.error(line);
}

async function cleanUp(): Promise<void> {
  for (const undo of cleanups.splice(0).reverse()) await undo().catch((error: unknown) => console.error(error));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().then(() => process.exit(1)));

main()
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .then(async (code) => {
    await cleanUp();
    process.exit(code);
  });
