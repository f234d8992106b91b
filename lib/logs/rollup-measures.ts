import type { Environment } from '@/lib/gateway/log-record';
import { COUNTERS, type Counter, type LogFacts } from './rollup-facts';

const MINUTE_MS = 60_000;
const GRANULARITIES = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };
export type Granularity = keyof typeof GRANULARITIES;

export interface Measures {
  readonly counts: Record<Counter, number>;
  costNanoUsd: bigint;
  cacheSavedNanoUsd: bigint;
  readonly latency: Map<number, number>;
  readonly ttft: Map<number, number>;
}

/** Which bucket of which organization; part of every rollup's key. */
export interface Bucket {
  readonly organizationId: string;
  readonly granularity: Granularity;
  readonly bucketAt: number;
  readonly environment: Environment;
}

/** By provider, model and key together. */
export interface RollupRow extends Bucket, Measures {
  readonly provider: string;
  readonly model: string;
  readonly apiKeyId: string;
}

/** Start of the bucket that holds a time, in UTC. */
export function startOf(granularity: Granularity, at: number): number {
  return at - (at % GRANULARITIES[granularity]);
}

export function inOrder<R>(rows: ReadonlyMap<string, R>): R[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const ZERO: Readonly<Record<Counter, number>> = {
  requests: 0,
  simulatedRequests: 0,
  errorsCaller: 0,
  errorsProvider: 0,
  errorsLimit: 0,
  errorsGateway: 0,
  errorsRateLimited: 0,
  aborted: 0,
  unpricedRequests: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  savedByRetry: 0,
  savedByFallback: 0,
  streamedTokens: 0,
  streamedMs: 0,
};

export function nothing(): Measures {
  return { counts: { ...ZERO }, costNanoUsd: 0n, cacheSavedNanoUsd: 0n, latency: new Map(), ttft: new Map() };
}

export function add(row: Measures, facts: LogFacts): void {
  addSums(row, facts);
  if (facts.latencyBin !== null) count(row.latency, facts.latencyBin, 1);
  if (facts.ttftBin !== null) count(row.ttft, facts.ttftBin, 1);
}

/** Everything but the histograms. */
export function addSums(into: Measures, from: Pick<LogFacts, 'counts' | 'costNanoUsd' | 'cacheSavedNanoUsd'>): void {
  for (const counter of COUNTERS) into.counts[counter] += from.counts[counter];
  into.costNanoUsd += from.costNanoUsd;
  into.cacheSavedNanoUsd += from.cacheSavedNanoUsd;
}

export function merge(into: Measures, from: Measures): void {
  addSums(into, from);
  for (const [bin, n] of from.latency) count(into.latency, bin, n);
  for (const [bin, n] of from.ttft) count(into.ttft, bin, n);
}

function count(bins: Map<number, number>, bin: number, n: number): void {
  bins.set(bin, (bins.get(bin) ?? 0) + n);
}
