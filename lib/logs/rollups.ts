import { binOf } from '@/lib/gateway/histogram';
import type { Environment, LogRecord } from '@/lib/gateway/log-record';
import { clip, storable, toBigint, toInteger, toTime } from './storable';

/** The rollup's counters; every one of them is a bigint column. */
export const COUNTERS = [
  'requests',
  'simulatedRequests',
  'errorsCaller',
  'errorsProvider',
  'errorsLimit',
  'errorsGateway',
  'errorsRateLimited',
  'aborted',
  'unpricedRequests',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWrite5mTokens',
  'cacheWrite1hTokens',
] as const;
export type Counter = (typeof COUNTERS)[number];

const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const MINUTE_MS = 60_000;
const GRANULARITIES = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };

/** What a log adds to its rollups: small, so that it can be kept until the log is in the database. */
export interface LogFacts {
  readonly organizationId: string;
  readonly environment: Environment;
  readonly provider: string;
  readonly model: string;
  readonly apiKeyId: string;
  /** Start of the minute in UTC, milliseconds since the epoch. */
  readonly minuteAt: number;
  readonly counts: Readonly<Record<Counter, number>>;
  readonly costNanoUsd: bigint;
  /** Successes only: how soon an answer failed, or how long someone waited before leaving, says nothing about speed. */
  readonly latencyBin: number | null;
  /** Successes only, as above. */
  readonly ttftBin: number | null;
}

export interface RollupRow {
  readonly organizationId: string;
  readonly granularity: string;
  readonly bucketAt: number;
  readonly environment: Environment;
  readonly provider: string;
  readonly model: string;
  readonly apiKeyId: string;
  readonly counts: Record<Counter, number>;
  costNanoUsd: bigint;
  readonly latency: Map<number, number>;
  readonly ttft: Map<number, number>;
}

/**
 * How a log counts. Every log is a request. Only "error" and "interrupted" are errors, by who caused them; a client that
 * left is counted apart. Tokens and cost count whatever the outcome, because they are billed.
 */
export function factsOf(record: LogRecord): LogFacts {
  const startedAt = toTime(record.startedAt);
  const finished = record.status === 'success';
  return {
    organizationId: record.organizationId.toLowerCase(),
    environment: record.environment,
    provider: storable(clip(record.provider) ?? ''),
    model: storable(clip(record.model) ?? ''),
    apiKeyId: record.apiKeyId?.toLowerCase() ?? NIL_UUID,
    minuteAt: startedAt - (startedAt % MINUTE_MS),
    counts: countsOf(record),
    costNanoUsd: toBigint(record.cost?.costNanoUsd ?? 0n),
    latencyBin: finished && record.latencyMs !== null ? binOf(record.latencyMs) : null,
    ttftBin: finished && record.ttftMs !== null ? binOf(record.ttftMs) : null,
  };
}

function countsOf(record: LogRecord): Record<Counter, number> {
  const { usage, status } = record;
  const failed = status === 'error' || status === 'interrupted';
  const cause = failed ? (record.errorCause ?? 'gateway') : null;
  const limited = record.statusCode === 429 || record.statusCode === 529;
  return {
    requests: 1,
    simulatedRequests: Number(record.simulated),
    errorsCaller: Number(cause === 'caller'),
    errorsProvider: Number(cause === 'provider'),
    errorsLimit: Number(cause === 'limit'),
    errorsGateway: Number(cause === 'gateway'),
    errorsRateLimited: Number(cause === 'provider' && limited),
    aborted: Number(status === 'aborted'),
    unpricedRequests: Number(status === 'success' && usage !== null && record.cost === null),
    inputTokens: stored(usage?.inputTokens),
    outputTokens: stored(usage?.outputTokens),
    cacheReadTokens: stored(usage?.cacheReadTokens),
    cacheWrite5mTokens: stored(usage?.cacheWrite5mTokens),
    cacheWrite1hTokens: stored(usage?.cacheWrite1hTokens),
  };
}

/** As the log's own column holds it, so that the sums agree. */
function stored(tokens: number | undefined): number {
  return toInteger(tokens) ?? 0;
}

/** The rows that a batch adds to, in the order of their keys: writers that lock in the same order cannot deadlock. */
export function rollUp(logs: readonly LogFacts[]): RollupRow[] {
  const rows = new Map<string, RollupRow>();
  for (const facts of logs) add(rowFor(rows, facts, 'minute', facts.minuteAt), facts);
  for (const minute of [...rows.values()]) {
    for (const granularity of ['hour', 'day'] as const) {
      const bucketAt = minute.bucketAt - (minute.bucketAt % GRANULARITIES[granularity]);
      merge(rowFor(rows, minute, granularity, bucketAt), minute);
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

type Dimensions = Pick<LogFacts, 'organizationId' | 'environment' | 'provider' | 'model' | 'apiKeyId'>;

function rowFor(
  rows: Map<string, RollupRow>,
  of: Dimensions,
  granularity: keyof typeof GRANULARITIES,
  bucketAt: number,
): RollupRow {
  const { organizationId, environment, provider, model, apiKeyId } = of;
  const key = `${organizationId}\0${granularity}\0${bucketAt}\0${environment}\0${provider}\0${model}\0${apiKeyId}`;
  const found = rows.get(key);
  if (found) return found;
  const dimensions = { organizationId, granularity, bucketAt, environment, provider, model, apiKeyId };
  const row = { ...dimensions, counts: { ...ZERO }, costNanoUsd: 0n, latency: new Map(), ttft: new Map() };
  rows.set(key, row);
  return row;
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
};

function add(row: RollupRow, facts: LogFacts): void {
  for (const counter of COUNTERS) row.counts[counter] += facts.counts[counter];
  row.costNanoUsd += facts.costNanoUsd;
  if (facts.latencyBin !== null) count(row.latency, facts.latencyBin, 1);
  if (facts.ttftBin !== null) count(row.ttft, facts.ttftBin, 1);
}

function merge(into: RollupRow, from: RollupRow): void {
  for (const counter of COUNTERS) into.counts[counter] += from.counts[counter];
  into.costNanoUsd += from.costNanoUsd;
  for (const [bin, n] of from.latency) count(into.latency, bin, n);
  for (const [bin, n] of from.ttft) count(into.ttft, bin, n);
}

function count(bins: Map<number, number>, bin: number, n: number): void {
  bins.set(bin, (bins.get(bin) ?? 0) + n);
}
