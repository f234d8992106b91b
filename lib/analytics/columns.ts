import { z } from 'zod';
import { sql } from '@/lib/db/sql';

/** Sums that several questions ask for, and how their columns are read. */
export const sums = sql`
  sum("requests") AS "requests",
  sum("errorsCaller") AS "callerErrors",
  sum("errorsProvider" - "errorsRateLimited") AS "providerErrors",
  sum("errorsRateLimited") AS "rateLimited",
  sum("errorsLimit") AS "limitErrors",
  sum("errorsGateway") AS "gatewayErrors",
  sum("aborted") AS "aborted",
  sum("simulatedRequests") AS "simulatedRequests",
  sum("unpricedRequests") AS "unpricedRequests",
  sum("costNanoUsd") AS "costNanoUsd",
  sum("inputTokens") AS "uncachedInputTokens",
  sum("outputTokens") AS "outputTokens",
  sum("cacheReadTokens") AS "cacheReadTokens",
  sum("cacheWrite5mTokens" + "cacheWrite1hTokens") AS "cacheWriteTokens",
  sum("cacheSavedNanoUsd") AS "cacheSavedNanoUsd",
  sum("savedByRetry") AS "savedByRetry",
  sum("savedByFallback") AS "savedByFallback",
  sum("streamedTokens") AS "streamedTokens",
  sum("streamedMs") AS "streamedMs"`;

/** Of one row of the rollup: everything that ended in an error, whoever caused it. A client that left is not an error. */
export const errors = sql`("errorsCaller" + "errorsProvider" + "errorsLimit" + "errorsGateway")`;

/** A sum of BIGINTs: Postgres answers NUMERIC, the driver text. */
export const countColumn = z.coerce.number().int().nonnegative();
export const nanoUsdColumn = z.string().regex(/^-?\d+$/);

export const sumsRow = z.object({
  requests: countColumn,
  callerErrors: countColumn,
  providerErrors: countColumn,
  rateLimited: countColumn,
  limitErrors: countColumn,
  gatewayErrors: countColumn,
  aborted: countColumn,
  simulatedRequests: countColumn,
  unpricedRequests: countColumn,
  costNanoUsd: nanoUsdColumn,
  uncachedInputTokens: countColumn,
  outputTokens: countColumn,
  cacheReadTokens: countColumn,
  cacheWriteTokens: countColumn,
  cacheSavedNanoUsd: nanoUsdColumn,
  savedByRetry: countColumn,
  savedByFallback: countColumn,
  streamedTokens: countColumn,
  streamedMs: countColumn,
});
export type Sums = z.infer<typeof sumsRow>;

export const NO_SUMS: Sums = {
  requests: 0,
  callerErrors: 0,
  providerErrors: 0,
  rateLimited: 0,
  limitErrors: 0,
  gatewayErrors: 0,
  aborted: 0,
  simulatedRequests: 0,
  unpricedRequests: 0,
  costNanoUsd: '0',
  uncachedInputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheSavedNanoUsd: '0',
  savedByRetry: 0,
  savedByFallback: 0,
  streamedTokens: 0,
  streamedMs: 0,
};

/** Money is added exactly: nano-dollars outgrow what a double can hold. */
export function addSums(a: Sums, b: Sums): Sums {
  const total = { ...a };
  for (const name of COUNTS) total[name] += b[name];
  for (const name of MONEY) total[name] = String(BigInt(a[name]) + BigInt(b[name]));
  return total;
}

const MONEY = ['costNanoUsd', 'cacheSavedNanoUsd'] as const;
const COUNTS = [
  'requests',
  'callerErrors',
  'providerErrors',
  'rateLimited',
  'limitErrors',
  'gatewayErrors',
  'aborted',
  'simulatedRequests',
  'unpricedRequests',
  'uncachedInputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'savedByRetry',
  'savedByFallback',
  'streamedTokens',
  'streamedMs',
] as const satisfies readonly Exclude<keyof Sums, (typeof MONEY)[number]>[];

export function errorsOf(row: Sums): number {
  return row.callerErrors + row.providerErrors + row.rateLimited + row.limitErrors + row.gatewayErrors;
}

export function promptTokensOf(
  row: Pick<Sums, 'uncachedInputTokens' | 'cacheReadTokens' | 'cacheWriteTokens'>,
): number {
  return row.uncachedInputTokens + row.cacheReadTokens + row.cacheWriteTokens;
}

/** Null where there was no prompt at all. */
export function cacheHitRateOf(
  row: Pick<Sums, 'uncachedInputTokens' | 'cacheReadTokens' | 'cacheWriteTokens'>,
): number | null {
  const prompt = promptTokensOf(row);
  return prompt === 0 ? null : row.cacheReadTokens / prompt;
}

/** Output tokens a second while answers were being written, over all of them; null where nothing was streamed. */
export function tokensPerSecondOf({ streamedTokens, streamedMs }: Sums): number | null {
  return streamedMs === 0 ? null : (streamedTokens / streamedMs) * 1000;
}
