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
  sum("cacheWrite5mTokens" + "cacheWrite1hTokens") AS "cacheWriteTokens"`;

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
});
export type Sums = z.infer<typeof sumsRow>;

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
