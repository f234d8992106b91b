/**
 * Where the gateway's CPU goes: Respan alone under a closed load, then the functions and files that took most of it.
 *
 *   node --import tsx bench/profile.ts [--workload throughput] [--seconds 5] [--top 40] [--keep profile.cpuprofile]
 */
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { build } from '../scripts/lib/prepare.mjs';
import { ROOT } from '../scripts/lib/run.mjs';
import { measure, type Target } from './measure';
import { PHASE_NAMES, PHASES } from './phases';
import { startRespan } from './respan';
import { startChild } from './support/child';
import { nowUs } from './support/clock';
import { type Share, summarizeProfile } from './support/cpu-profile';
import { pin } from './support/processes';

const optionsSchema = z.object({
  workload: z.enum(PHASE_NAMES).default('throughput'),
  seconds: z.coerce.number().min(0.5).max(60).default(5),
  top: z.coerce.number().int().min(1).default(40),
  keep: z.string().optional(),
});

const { values } = parseArgs({
  options: {
    workload: { type: 'string' },
    seconds: { type: 'string' },
    top: { type: 'string' },
    keep: { type: 'string' },
  },
});
const options = optionsSchema.parse(values);
await build();
const folder = await mkdtemp(join(tmpdir(), 'respan-profile-'));
try {
  const { fromUs, toUs, requests } = await record(folder);
  const file = await profileIn(folder);
  if (options.keep) await copyFile(file, options.keep);
  const profile: unknown = JSON.parse(await readFile(file, 'utf8'));
  const { byFile, byFunction, busyUs } = summarizeProfile(profile, fromUs, toUs, ROOT);
  console.log(`${requests.toLocaleString('en-US')} requests, ${(busyUs / requests).toFixed(1)} µs each`);
  console.log('\n     µs   share  file');
  print(byFile, busyUs, requests);
  console.log('\n     µs   share  function');
  print(byFunction, busyUs, requests);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

/** Loads a server that is being profiled. The load before the measured time is for the compiler. */
async function record(folder: string): Promise<{ fromUs: number; toUs: number; requests: number }> {
  const [mock, listening] = await startChild('servers/mock-upstream.ts');
  const [generator] = await startChild('load/generator.ts');
  const { port: mockPort } = z.object({ port: z.number() }).parse(listening);
  const profiling = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'];
  const respan = await startRespan(`http://127.0.0.1:${mockPort}`, profiling);
  try {
    pin(respan.pid, 'first core');
    for (const pid of [mock.pid, generator.pid, respan.postmasterPid]) if (pid) pin(pid, 'other cores');
    const { port, pid, postmasterPid, logs, apiKey } = respan;
    const path = '/api/anthropic/v1/messages';
    const target: Target = { name: 'respan', port, path, headers: { 'x-api-key': apiKey }, pid, postmasterPid, logs };
    const workload = PHASES[options.workload];
    await measure(generator, target, workload, { warmupMs: 0, durationMs: 5000 });
    const fromUs = nowUs();
    const { load } = await measure(generator, target, workload, { warmupMs: 0, durationMs: options.seconds * 1000 });
    return { fromUs, toUs: nowUs(), requests: load.sent };
  } finally {
    await respan.stop();
    await Promise.all([generator.stop(), mock.stop()]);
  }
}

/** Worker threads write profiles of their own; the server's is the largest. */
async function profileIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
  const sizes = await Promise.all(
    names.map(async (name) => ({ name, size: (await readFile(join(folder, name))).length })),
  );
  const largest = sizes.sort((a, b) => b.size - a.size)[0];
  if (!largest) throw new Error('The server wrote no profile.');
  return join(folder, largest.name);
}

function print(shares: readonly Share[], busyUs: number, requests: number): void {
  for (const { name, selfUs } of shares.slice(0, options.top)) {
    const share = `${((selfUs / busyUs) * 100).toFixed(1)} %`;
    console.log(`${(selfUs / requests).toFixed(2).padStart(7)} ${share.padStart(7)}  ${name}`);
  }
}
