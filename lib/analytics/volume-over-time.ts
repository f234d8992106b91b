import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { cacheHitRateOf, errorsOf, NO_SUMS, type Sums, sums, sumsRow, tokensPerSecondOf } from './columns';
import type { VolumePoint } from './schema';
import { rollupsIn, type Scope } from './scope';

const row = sumsRow.extend({ at: z.date() });

/** What each bucket of the window adds up to; one without requests is left out. */
export function sumsOverTime(ctx: Context, scope: Scope): Promise<(Sums & { at: Date })[]> {
  const { from, where } = rollupsIn(ctx, scope);
  return queryRows(sql`SELECT ${scope.window.bucket} AS "at", ${sums} FROM ${from} WHERE ${where} GROUP BY 1`, row);
}

/** How many requests each bucket had, how they ended and what they cost. A bucket without requests is zero. */
export function volumeOverTime({ window }: Scope, found: readonly (Sums & { at: Date })[]): VolumePoint[] {
  const byBucket = new Map(found.map((one) => [one.at.getTime(), one]));
  return window.buckets.map((bucket) => point(bucket.getTime(), byBucket.get(bucket.getTime()) ?? NO_SUMS));
}

function point(at: number, found: Sums): VolumePoint {
  return {
    at,
    requests: found.requests,
    ok: Math.max(0, found.requests - errorsOf(found) - found.aborted),
    rateLimited: found.rateLimited,
    providerErrors: found.providerErrors,
    callerErrors: found.callerErrors,
    limitErrors: found.limitErrors,
    gatewayErrors: found.gatewayErrors,
    aborted: found.aborted,
    costNanoUsd: found.costNanoUsd,
    uncachedInputTokens: found.uncachedInputTokens,
    cacheReadTokens: found.cacheReadTokens,
    cacheWriteTokens: found.cacheWriteTokens,
    outputTokens: found.outputTokens,
    cacheHitRate: cacheHitRateOf(found),
    tokensPerSecond: tokensPerSecondOf(found),
  };
}
