import { execute, identifier, join, type Queryable, type Sql, sql } from '@/lib/db/sql';
import { COUNTERS, type RollupRow } from './rollups';

/**
 * Adds to the rollups, in one statement. Exact under concurrency: ON CONFLICT locks each row and adds to its newest version.
 * @param rows in the order of their keys, as rollUp gives them
 */
export async function addToRollups(rows: readonly RollupRow[], on: Queryable): Promise<void> {
  if (rows.length === 0) return;
  const counters = COUNTERS.map((name) => identifier(COLUMNS, name));
  await execute(
    sql`INSERT INTO "Rollup" AS kept (${KEY}, ${join(counters)}, "costNanoUsd",
          "latencyBins", "latencyCounts", "ttftBins", "ttftCounts")
        SELECT "organizationId", "granularity", "bucketAt", "environment"::"Environment", "provider", "model", "apiKeyId",
          ${join(counters)}, "costNanoUsd", "latencyBins"::smallint[], "latencyCounts"::int[],
          "ttftBins"::smallint[], "ttftCounts"::int[]
        FROM unnest(${join(columnsOf(rows))}) AS added (${KEY}, ${join(counters)}, "costNanoUsd",
          "latencyBins", "latencyCounts", "ttftBins", "ttftCounts")
        ON CONFLICT (${KEY}) DO UPDATE SET
          ${join(counters.map((name) => sql`${name} = kept.${name} + excluded.${name}`))},
          "costNanoUsd" = kept."costNanoUsd" + excluded."costNanoUsd",
          ${addHistogram('latency')}, ${addHistogram('ttft')}`,
    on,
  );
}

const KEY = sql`"organizationId", "granularity", "bucketAt", "environment", "provider", "model", "apiKeyId"`;

const COLUMNS = {
  requests: '"requests"',
  simulatedRequests: '"simulatedRequests"',
  errorsCaller: '"errorsCaller"',
  errorsProvider: '"errorsProvider"',
  errorsLimit: '"errorsLimit"',
  errorsGateway: '"errorsGateway"',
  errorsRateLimited: '"errorsRateLimited"',
  aborted: '"aborted"',
  unpricedRequests: '"unpricedRequests"',
  inputTokens: '"inputTokens"',
  outputTokens: '"outputTokens"',
  cacheReadTokens: '"cacheReadTokens"',
  cacheWrite5mTokens: '"cacheWrite5mTokens"',
  cacheWrite1hTokens: '"cacheWrite1hTokens"',
  latencyBins: '"latencyBins"',
  latencyCounts: '"latencyCounts"',
  ttftBins: '"ttftBins"',
  ttftCounts: '"ttftCounts"',
} as const;

/** One array a column. Histograms travel as text, because the arrays of an array must all be of one length. */
function columnsOf(rows: readonly RollupRow[]): Sql[] {
  const histogram = rows.map(({ latency, ttft }) => ({ latency: [...latency], ttft: [...ttft] }));
  const bins = (of: 'latency' | 'ttft') => histogram.map((row) => `{${row[of].map(([bin]) => bin).join()}}`);
  const counts = (of: 'latency' | 'ttft') => histogram.map((row) => `{${row[of].map(([, count]) => count).join()}}`);
  return [
    sql`${rows.map((row) => row.organizationId)}::uuid[]`,
    sql`${rows.map((row) => row.granularity)}::text[]`,
    sql`${rows.map((row) => new Date(row.bucketAt).toISOString())}::timestamptz[]`,
    sql`${rows.map((row) => row.environment)}::text[]`,
    sql`${rows.map((row) => row.provider)}::text[]`,
    sql`${rows.map((row) => row.model)}::text[]`,
    sql`${rows.map((row) => row.apiKeyId)}::uuid[]`,
    ...COUNTERS.map((counter) => sql`${rows.map((row) => row.counts[counter])}::bigint[]`),
    sql`${rows.map((row) => String(row.costNanoUsd))}::numeric[]`,
    sql`${bins('latency')}::text[]`,
    sql`${counts('latency')}::text[]`,
    sql`${bins('ttft')}::text[]`,
    sql`${counts('ttft')}::text[]`,
  ];
}

function addHistogram(of: 'latency' | 'ttft'): Sql {
  const bins = identifier(COLUMNS, `${of}Bins`);
  const counts = identifier(COLUMNS, `${of}Counts`);
  return sql`(${bins}, ${counts}) = (
    SELECT coalesce(array_agg("bin" ORDER BY "bin"), '{}'), coalesce(array_agg("count" ORDER BY "bin"), '{}')
    FROM (
      SELECT "bin", sum("count")::int AS "count"
      FROM unnest(kept.${bins} || excluded.${bins}, kept.${counts} || excluded.${counts}) AS both_of ("bin", "count")
      GROUP BY "bin"
    ) AS merged
  )`;
}
