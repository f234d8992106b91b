import type { Measurement, TargetName } from './measure';
import type { PhaseName } from './phases';
import {
  cpuPerDeltaUs,
  cpuPerRequestUs,
  over,
  perSecond,
  type Results,
  type Round,
  type StreamsTried,
} from './results';

type Row = readonly [figure: string, bare: string, respan: string, comparison: string];

/** The table, as Markdown. Differences and ratios are taken within each round, and their median is printed. */
export function formatReport(results: Results): string {
  const head: Row[] = [
    ['figure', 'bare pass-through', 'Respan', 'Respan to bare'],
    ['---', '---', '---', '---'],
  ];
  const rows = [
    ...head,
    ...costRows(results.rounds),
    ...latencyRows(results.rounds),
    ...streamRows(results),
    ...logRows(results.rounds),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function costRows(rounds: readonly Round[]): Row[] {
  return [
    compare('requests/s, 64 connections, 2 kB', rounds, 'throughput', perSecond, 0, 'ratio'),
    compare('CPU µs a request', rounds, 'throughput', cpuPerRequestUs, 0, 'difference'),
    ['PostgreSQL beside it, CPU µs a request', '', number(over(rounds, databaseUs), 0), ''],
    compare('requests/s, 32 connections, 100 kB', rounds, 'large', perSecond, 0, 'ratio'),
    compare('CPU µs a request of 100 kB', rounds, 'large', cpuPerRequestUs, 0, 'difference'),
    compare('memory at 64 connections, MB', rounds, 'throughput', (at) => inMb(at.peakRssBytes), 0, 'difference'),
  ];
}

function latencyRows(rounds: readonly Round[]): Row[] {
  return [
    added('added at 200/s, p50 / p99 ms', rounds, 'rate200', 'latencyUs'),
    added('added at 1,000/s, p50 / p99 ms', rounds, 'rate1000', 'latencyUs'),
    added('added to the first token, p50 / p99 ms', rounds, 'firstToken', 'firstDeltaUs'),
    added('added to a delta at 5,000/s, p50 / p99 ms', rounds, 'deltas', 'deltaDelayUs'),
    compare('CPU µs a delta', rounds, 'deltas', cpuPerDeltaUs, 1, 'ratio'),
  ];
}

function streamRows({ streams }: Results): Row[] {
  const most = (target: TargetName) =>
    Math.max(0, ...streams.filter((tried) => tried.target === target && tried.held).map((tried) => tried.streams));
  const memory = (target: TargetName) =>
    number(memoryPerStreamKb(streams.filter((tried) => tried.target === target)), 0);
  return [
    ['open streams held at 20 deltas/s, p99 delay under 100 ms', String(most('bare')), String(most('respan')), ''],
    ['memory for each open stream, kB', memory('bare'), memory('respan'), ''],
  ];
}

function logRows(rounds: readonly Round[]): Row[] {
  const ends = rounds.flatMap((round) => round.throughput.respan.drained ?? []);
  const backlog = Math.max(0, ...ends.map((end) => end.backlog));
  const seconds = Math.max(0, ...ends.map((end) => end.drainedMs)) / 1000;
  const missing = ends.reduce((sum, end) => sum + Math.max(0, end.missing), 0);
  return [
    ['logs still to be written when the load ends, at most', '', backlog.toLocaleString('en-US'), ''],
    ['seconds until they are, at most', '', seconds.toFixed(1), ''],
    ['logs missing', '', String(missing), ''],
  ];
}

/** Between the most and the fewest streams: what the process takes anyhow falls out. */
export function memoryPerStreamKb(tried: readonly Pick<StreamsTried, 'streams' | 'measurement'>[]): number | null {
  const first = tried[0];
  const last = tried.at(-1);
  const from = first?.measurement.peakRssBytes;
  const to = last?.measurement.peakRssBytes;
  if (!first || !last || !from || !to || last.streams === first.streams) return null;
  return Math.max(0, (to - from) / 1024 / (last.streams - first.streams));
}

function compare(
  figure: string,
  rounds: readonly Round[],
  phase: PhaseName,
  value: (measurement: Measurement) => number | null,
  digits: number,
  by: 'ratio' | 'difference',
): Row {
  const comparison = over(rounds, (round) => {
    const bare = value(round[phase].bare);
    const respan = value(round[phase].respan);
    if (bare === null || respan === null) return null;
    return by === 'ratio' ? respan / bare : respan - bare;
  });
  const cell = (target: TargetName) =>
    number(
      over(rounds, (round) => value(round[phase][target])),
      digits,
    );
  const words = by === 'ratio' ? `${number(comparison, 2)} times` : signed(comparison, digits);
  return [figure, cell('bare'), cell('respan'), words];
}

/** Against the mock itself, asked directly in the same round. */
function added(
  figure: string,
  rounds: readonly Round[],
  phase: PhaseName,
  kind: 'latencyUs' | 'firstDeltaUs' | 'deltaDelayUs',
): Row {
  const ms = (target: TargetName, q: 'p50' | 'p99') =>
    over(rounds, (round) => (round[phase][target].load[kind][q] - round[phase].direct.load[kind][q]) / 1000);
  const cell = (target: TargetName) => `${number(ms(target, 'p50'), 2)} / ${number(ms(target, 'p99'), 2)}`;
  return [figure, cell('bare'), cell('respan'), ''];
}

function databaseUs({ throughput }: Round): number | null {
  const { databaseCpuMs, load } = throughput.respan;
  return databaseCpuMs === null ? null : (databaseCpuMs * 1000) / load.sent;
}

function inMb(bytes: number | null): number | null {
  return bytes === null ? null : bytes / 1024 / 1024;
}

function signed(value: number | null, digits: number): string {
  return value !== null && value > 0 ? `+${number(value, digits)}` : number(value, digits);
}

function number(value: number | null, digits: number): string {
  if (value === null) return '-';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
