import { largeBody, smallBody } from './load/bodies';
import type { Job } from './load/job';

/** What a target is loaded with, apart from where it is. */
export type Workload = Pick<Job, 'headers' | 'body' | 'pattern'>;

export type PhaseName = 'throughput' | 'rate200' | 'rate1000' | 'firstToken' | 'deltas' | 'large';

/** Every figure that is taken in each round. */
export const PHASES: Readonly<Record<PhaseName, Workload>> = {
  throughput: { headers: {}, body: smallBody(), pattern: { kind: 'closed', connections: 64 } },
  rate200: { headers: {}, body: smallBody(), pattern: { kind: 'rate', perSecond: 200 } },
  rate1000: { headers: {}, body: smallBody(), pattern: { kind: 'rate', perSecond: 1000 } },
  // Few and fast, so that there are many first tokens.
  firstToken: streams(10, 40, 2),
  // 5,000 deltas a second.
  deltas: streams(100, 50, 20),
  large: { headers: {}, body: largeBody(), pattern: { kind: 'closed', connections: 32 } },
};

export const PHASE_NAMES: readonly PhaseName[] = ['throughput', 'rate200', 'rate1000', 'firstToken', 'deltas', 'large'];

export const DELTAS_A_SECOND = 20;

/** Streams that all stay open for the whole time, at 20 deltas a second each. */
export function openStreams(count: number, totalMs: number): Workload {
  const intervalMs = 1000 / DELTAS_A_SECOND;
  return streams(count, Math.ceil(totalMs / intervalMs) + DELTAS_A_SECOND, intervalMs);
}

function streams(connections: number, deltas: number, intervalMs: number): Workload {
  const headers = { 'x-bench-deltas': String(deltas), 'x-bench-interval-ms': String(intervalMs) };
  return { headers, body: smallBody(true), pattern: { kind: 'closed', connections } };
}
