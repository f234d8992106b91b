import { binOf } from '@/lib/gateway/histogram';
import type { AttemptRecord, Environment, LogRecord } from '@/lib/gateway/log-record';
import { cacheSavedNanoUsd } from './cache-savings';
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
  'savedByRetry',
  'savedByFallback',
  'streamedTokens',
  'streamedMs',
] as const;
export type Counter = (typeof COUNTERS)[number];

export const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const MINUTE_MS = 60_000;

/** What a log adds to its rollups: small, so that it can be kept until the log is in the database. */
export interface LogFacts {
  readonly organizationId: string;
  readonly environment: Environment;
  readonly provider: string;
  readonly model: string;
  readonly apiKeyId: string;
  /** Empty where the log has none. */
  readonly customer: string;
  /** "ok", "aborted" or who caused the error, a slash, and the status code. */
  readonly outcome: string;
  readonly attempts: readonly AttemptFacts[];
  /** Start of the minute in UTC, milliseconds since the epoch. */
  readonly minuteAt: number;
  readonly counts: Readonly<Record<Counter, number>>;
  readonly costNanoUsd: bigint;
  readonly cacheSavedNanoUsd: bigint;
  /** Successes only: how soon an answer failed, or how long someone waited before leaving, says nothing about speed. */
  readonly latencyBin: number | null;
  /** Successes only, as above. */
  readonly ttftBin: number | null;
}

export type AttemptFault = 'rateLimited' | 'overloaded' | 'serverErrors' | 'connectionErrors' | 'refused';

export interface AttemptFacts {
  readonly provider: string;
  readonly credentialId: string;
  readonly fault: AttemptFault | null;
}

/**
 * How a log counts. Every log is a request. Only "error" and "interrupted" are errors, by who caused them; a client that
 * left is counted apart. Tokens and cost count whatever the outcome, because they are billed.
 */
export function factsOf(record: LogRecord): LogFacts {
  const startedAt = toTime(record.startedAt);
  const finished = record.status === 'success';
  const cause = causeOf(record);
  return {
    organizationId: record.organizationId.toLowerCase(),
    environment: record.environment,
    provider: storable(clip(record.provider) ?? ''),
    model: storable(clip(record.model) ?? ''),
    apiKeyId: record.apiKeyId?.toLowerCase() ?? NIL_UUID,
    // In full, as its log and its profile have it: all ways in take 255 characters, which an index holds.
    customer: record.customerIdentifier ? storable(record.customerIdentifier) : '',
    outcome: `${cause ?? (finished ? 'ok' : 'aborted')}/${record.statusCode}`,
    attempts: attemptsOf(record),
    minuteAt: startedAt - (startedAt % MINUTE_MS),
    counts: countsOf(record, cause),
    costNanoUsd: toBigint(record.cost?.costNanoUsd ?? 0n),
    cacheSavedNanoUsd: cacheSavedNanoUsd(record.cost),
    latencyBin: finished && record.latencyMs !== null ? binOf(record.latencyMs) : null,
    ttftBin: finished && record.ttftMs !== null ? binOf(record.ttftMs) : null,
  };
}

function causeOf({ status, errorCause }: LogRecord): LogRecord['errorCause'] {
  return status === 'error' || status === 'interrupted' ? (errorCause ?? 'gateway') : null;
}

function countsOf(record: LogRecord, cause: LogRecord['errorCause']): Record<Counter, number> {
  const { usage, status } = record;
  const limited = record.statusCode === 429 || record.statusCode === 529;
  const saved = savedBy(record);
  const streamedMs = streamedMsOf(record);
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
    savedByRetry: Number(saved === 'retry'),
    savedByFallback: Number(saved === 'fallback'),
    streamedTokens: streamedMs > 0 ? stored(usage?.outputTokens) : 0,
    streamedMs,
  };
}

/** As the log's own column holds it, so that the sums agree. */
function stored(tokens: number | undefined): number {
  return toInteger(tokens) ?? 0;
}

/** What made a request succeed after an attempt that failed: another try of the model, or another model. */
function savedBy({ status, attempts }: LogRecord): 'retry' | 'fallback' | null {
  if (status !== 'success' || attempts.length < 2) return null;
  const winner = attempts.findLast(({ outcome }) => outcome === 'ok') ?? attempts.at(-1);
  const failed = attempts.find((attempt) => attempt !== winner && faultOf(attempt, false) !== null);
  if (!failed) return null;
  return failed.model === winner?.model ? 'retry' : 'fallback';
}

/** How long a successful answer was being written, after its first content; 0 where that says nothing. */
function streamedMsOf({ status, latencyMs, ttftMs, usage }: LogRecord): number {
  if (status !== 'success' || !usage?.outputTokens) return 0;
  return Math.max(0, (toInteger(latencyMs) ?? 0) - (toInteger(ttftMs) ?? Number.POSITIVE_INFINITY));
}

const NO_ATTEMPTS: readonly AttemptFacts[] = [];

function attemptsOf({ attempts, status }: LogRecord): readonly AttemptFacts[] {
  if (attempts.length === 0) return NO_ATTEMPTS;
  return attempts.filter(wasSent).map((attempt, index) => ({
    provider: storable(clip(attempt.provider) ?? ''),
    credentialId: attempt.credentialId?.toLowerCase() ?? NIL_UUID,
    fault: faultOf(attempt, status === 'aborted' && index === attempts.length - 1),
  }));
}

/** A request that could not be put into a provider's form never left the gateway. */
function wasSent({ statusCode, durationMs }: AttemptRecord): boolean {
  return statusCode !== null || durationMs > 0;
}

function faultOf({ statusCode, outcome }: AttemptRecord, clientLeft: boolean): AttemptFault | null {
  if (statusCode !== null && statusCode >= 400) return faultOfStatus(statusCode);
  // Of two attempts side by side the slower one is cancelled: nobody knows how it would have ended.
  const unknown = clientLeft || outcome.startsWith('cancelled');
  return unknown || (statusCode !== null && outcome === 'ok') ? null : 'connectionErrors';
}

function faultOfStatus(statusCode: number): AttemptFault {
  if (statusCode === 429) return 'rateLimited';
  if (statusCode === 529) return 'overloaded';
  return statusCode >= 500 ? 'serverErrors' : 'refused';
}
