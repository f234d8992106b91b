import { empty, execute, identifier, join, type Queryable, type Sql, sql } from '@/lib/db/sql';
import { COUNTERS } from './rollup-facts';
import type { Bucket, Measures } from './rollup-measures';
import type { Rollups } from './rollups';
import { FAULTS } from './rollups-attempts';

/**
 * Adds a batch to the rollups, one statement a table. Exact under concurrency: ON CONFLICT locks each row and adds to its
 * newest version. The tables come in the same order for every writer, as the rows in each do.
 */
export async function addToRollups(
  { combined, dimensions, customers, attempts }: Rollups,
  on: Queryable,
): Promise<void> {
  await upsert('Rollup', {
    key: [
      ...bucket(combined),
      ['provider', 'text', combined.map((row) => row.provider)],
      ['model', 'text', combined.map((row) => row.model)],
      ['apiKeyId', 'uuid', combined.map((row) => row.apiKeyId)],
    ],
    ...measures(combined),
    on,
  });
  await upsert('DimensionRollup', {
    key: [
      ...bucket(dimensions),
      ['dimension', 'text', dimensions.map((row) => row.dimension)],
      ['value', 'text', dimensions.map((row) => row.value)],
    ],
    ...measures(dimensions),
    on,
  });
  await upsert('CustomerRollup', {
    key: [...bucket(customers), ['customer', 'text', customers.map((row) => row.customer)]],
    sums: [
      ['requests', 'bigint', customers.map((row) => row.requests)],
      ['errors', 'bigint', customers.map((row) => row.errors)],
      ['unpricedRequests', 'bigint', customers.map((row) => row.unpricedRequests)],
      ['costNanoUsd', 'numeric', customers.map((row) => String(row.costNanoUsd))],
      ['tokens', 'bigint', customers.map((row) => row.tokens)],
    ],
    on,
  });
  await upsert('AttemptRollup', {
    key: [
      ...bucket(attempts),
      ['provider', 'text', attempts.map((row) => row.provider)],
      ['credentialId', 'uuid', attempts.map((row) => row.credentialId)],
    ],
    sums: (['attempts', ...FAULTS] as const).map((name) => [name, 'bigint', attempts.map((row) => row[name])]),
    on,
  });
}

type Column = readonly [name: keyof typeof NAMES, type: keyof typeof TYPES, values: readonly unknown[]];

interface Addition {
  readonly key: readonly Column[];
  readonly sums: readonly Column[];
  readonly histograms?: readonly Column[];
  readonly on: Queryable;
}

function bucket(rows: readonly Bucket[]): Column[] {
  return [
    ['organizationId', 'uuid', rows.map((row) => row.organizationId)],
    ['granularity', 'text', rows.map((row) => row.granularity)],
    ['bucketAt', 'time', rows.map((row) => new Date(row.bucketAt).toISOString())],
    ['environment', 'environment', rows.map((row) => row.environment)],
  ];
}

/** One array a column. Histograms travel as text, because the arrays of an array must all be of one length. */
function measures(rows: readonly Measures[]): Pick<Addition, 'sums' | 'histograms'> {
  return {
    sums: [
      ...COUNTERS.map((name): Column => [name, 'bigint', rows.map((row) => row.counts[name])]),
      ['costNanoUsd', 'numeric', rows.map((row) => String(row.costNanoUsd))],
      ['cacheSavedNanoUsd', 'numeric', rows.map((row) => String(row.cacheSavedNanoUsd))],
    ],
    histograms: [
      ['latencyBins', 'bins', rows.map((row) => literal(row.latency.keys()))],
      ['latencyCounts', 'counts', rows.map((row) => literal(row.latency.values()))],
      ['ttftBins', 'bins', rows.map((row) => literal(row.ttft.keys()))],
      ['ttftCounts', 'counts', rows.map((row) => literal(row.ttft.values()))],
    ],
  };
}

function literal(numbers: Iterable<number>): string {
  return `{${[...numbers].join()}}`;
}

async function upsert(table: keyof typeof TABLES, { key, sums, histograms = [], on }: Addition): Promise<void> {
  if (key[0]?.[2].length === 0) return;
  const columns = [...key, ...sums, ...histograms];
  const names = join(columns.map(([name]) => identifier(NAMES, name)));
  await execute(
    sql`INSERT INTO ${identifier(TABLES, table)} AS kept (${names})
        SELECT ${join(columns.map(selected))}
        FROM unnest(${join(columns.map(parameter))}) AS added (${names})
        ON CONFLICT (${join(key.map(([name]) => identifier(NAMES, name)))}) DO UPDATE SET
          ${join(sums.map(([name]) => added(identifier(NAMES, name))))}
          ${histograms.length === 0 ? empty : sql`, ${addHistogram('latency')}, ${addHistogram('ttft')}`}`,
    on,
  );
}

function selected([name, type]: Column): Sql {
  const column = identifier(NAMES, name);
  if (type === 'bins') return sql`${column}::smallint[]`;
  return type === 'counts' ? sql`${column}::int[]` : column;
}

function parameter([, type, values]: Column): Sql {
  return sql`${[...values]}::${identifier(TYPES, type)}`;
}

function added(column: Sql): Sql {
  return sql`${column} = kept.${column} + excluded.${column}`;
}

function addHistogram(of: 'latency' | 'ttft'): Sql {
  const bins = identifier(NAMES, `${of}Bins`);
  const counts = identifier(NAMES, `${of}Counts`);
  return sql`(${bins}, ${counts}) = (
    SELECT coalesce(array_agg("bin" ORDER BY "bin"), '{}'), coalesce(array_agg("count" ORDER BY "bin"), '{}')
    FROM (
      SELECT "bin", sum("count")::int AS "count"
      FROM unnest(kept.${bins} || excluded.${bins}, kept.${counts} || excluded.${counts}) AS both_of ("bin", "count")
      GROUP BY "bin"
    ) AS merged
  )`;
}

const TABLES = {
  Rollup: '"Rollup"',
  DimensionRollup: '"DimensionRollup"',
  CustomerRollup: '"CustomerRollup"',
  AttemptRollup: '"AttemptRollup"',
} as const;

const TYPES = {
  uuid: 'uuid[]',
  text: 'text[]',
  time: 'timestamptz[]',
  environment: '"Environment"[]',
  bigint: 'bigint[]',
  numeric: 'numeric[]',
  bins: 'text[]',
  counts: 'text[]',
} as const;

const NAMES = {
  organizationId: '"organizationId"',
  granularity: '"granularity"',
  bucketAt: '"bucketAt"',
  environment: '"environment"',
  provider: '"provider"',
  model: '"model"',
  apiKeyId: '"apiKeyId"',
  dimension: '"dimension"',
  value: '"value"',
  customer: '"customer"',
  credentialId: '"credentialId"',
  requests: '"requests"',
  simulatedRequests: '"simulatedRequests"',
  errors: '"errors"',
  errorsCaller: '"errorsCaller"',
  errorsProvider: '"errorsProvider"',
  errorsLimit: '"errorsLimit"',
  errorsGateway: '"errorsGateway"',
  errorsRateLimited: '"errorsRateLimited"',
  aborted: '"aborted"',
  unpricedRequests: '"unpricedRequests"',
  costNanoUsd: '"costNanoUsd"',
  tokens: '"tokens"',
  inputTokens: '"inputTokens"',
  outputTokens: '"outputTokens"',
  cacheReadTokens: '"cacheReadTokens"',
  cacheWrite5mTokens: '"cacheWrite5mTokens"',
  cacheWrite1hTokens: '"cacheWrite1hTokens"',
  savedByRetry: '"savedByRetry"',
  savedByFallback: '"savedByFallback"',
  streamedTokens: '"streamedTokens"',
  streamedMs: '"streamedMs"',
  cacheSavedNanoUsd: '"cacheSavedNanoUsd"',
  attempts: '"attempts"',
  rateLimited: '"rateLimited"',
  overloaded: '"overloaded"',
  serverErrors: '"serverErrors"',
  connectionErrors: '"connectionErrors"',
  refused: '"refused"',
  latencyBins: '"latencyBins"',
  latencyCounts: '"latencyCounts"',
  ttftBins: '"ttftBins"',
  ttftCounts: '"ttftCounts"',
} as const;
