import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { cacheHitRateOf, sums, sumsRow } from './columns';
import type { VolumePoint } from './schema';
import { rollupsIn, type Scope } from './scope';

const row = sumsRow.extend({ at: z.date() });

/** How many requests each bucket had, how they ended and what they cost. A bucket without requests is zero. */
export async function volumeOverTime(ctx: Context, scope: Scope): Promise<VolumePoint[]> {
  const rows = await queryRows(
    sql`SELECT ${scope.window.bucket} AS "at", ${sums} FROM "Rollup" WHERE ${rollupsIn(ctx, scope)} GROUP BY 1`,
    row,
  );
  const byBucket = new Map(rows.map((found) => [found.at.getTime(), found]));
  return scope.window.buckets.map((bucket) => point(bucket.getTime(), byBucket.get(bucket.getTime())));
}

function point(at: number, found: z.infer<typeof row> | undefined): VolumePoint {
  if (!found) return { at, ...NOTHING };
  const { requests, rateLimited, providerErrors, callerErrors, limitErrors, gatewayErrors, aborted } = found;
  const failed = rateLimited + providerErrors + callerErrors + limitErrors + gatewayErrors;
  return {
    at,
    requests,
    ok: Math.max(0, requests - failed - aborted),
    rateLimited,
    providerErrors,
    callerErrors,
    limitErrors,
    gatewayErrors,
    aborted,
    costNanoUsd: found.costNanoUsd,
    cacheHitRate: cacheHitRateOf(found),
  };
}

const NOTHING: Omit<VolumePoint, 'at'> = {
  requests: 0,
  ok: 0,
  rateLimited: 0,
  providerErrors: 0,
  callerErrors: 0,
  limitErrors: 0,
  gatewayErrors: 0,
  aborted: 0,
  costNanoUsd: '0',
  cacheHitRate: null,
};
