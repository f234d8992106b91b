import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { percentile } from '@/lib/gateway/histogram';
import { countColumn } from './columns';
import type { LatencyPoint } from './schema';
import { rollupsIn, type Scope } from './scope';

const row = z.object({ at: z.date(), bin: z.number().int(), latency: countColumn, ttft: countColumn });
type Row = z.infer<typeof row>;

/** Percentiles of the whole request and of its first content, a bucket. Null where nothing finished. */
export async function latencyOverTime(ctx: Context, scope: Scope): Promise<LatencyPoint[]> {
  const rows = await queryRows(
    sql`SELECT ${scope.window.bucket} AS "at", bins."bin",
          coalesce(sum(bins."count") FILTER (WHERE bins."kind" = 'latency'), 0) AS "latency",
          coalesce(sum(bins."count") FILTER (WHERE bins."kind" = 'ttft'), 0) AS "ttft"
        FROM "Rollup" ${unnestedBins} WHERE ${rollupsIn(ctx, scope)} GROUP BY 1, 2`,
    row,
  );
  const byBucket = new Map<number, Row[]>();
  for (const found of rows) {
    const at = found.at.getTime();
    const bins = byBucket.get(at);
    if (bins) bins.push(found);
    else byBucket.set(at, [found]);
  }
  return scope.window.buckets.map((bucket) => point(bucket.getTime(), byBucket.get(bucket.getTime()) ?? []));
}

/** Both histograms of a rollup row, one row a bin. */
export const unnestedBins = sql`CROSS JOIN LATERAL (
  SELECT 'latency' AS "kind", "bin", "count" FROM unnest("latencyBins", "latencyCounts") AS l ("bin", "count")
  UNION ALL
  SELECT 'ttft', "bin", "count" FROM unnest("ttftBins", "ttftCounts") AS t ("bin", "count")
) AS bins`;

function point(at: number, rows: readonly Row[]): LatencyPoint {
  const latency = rows.map(({ bin, latency: count }) => ({ bin, count }));
  const ttft = rows.map(({ bin, ttft: count }) => ({ bin, count }));
  return {
    at,
    p50Ms: percentile(latency, 0.5),
    p95Ms: percentile(latency, 0.95),
    p99Ms: percentile(latency, 0.99),
    ttftP50Ms: percentile(ttft, 0.5),
  };
}
