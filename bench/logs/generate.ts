import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { ensurePartitions } from '@/lib/logs/partitions';
import { ROOT } from '../../scripts/lib/run.mjs';

/** The organization whose views are measured; it owns 40 % of the rows. */
export const LARGE_ID = '0190a000-0000-7000-8000-000000000001';
export const DAYS = 30;
const ROWS_A_STATEMENT = 250_000;

/**
 * Believable logs of 30 days up to now: 40 models, 40 keys with three models each, 5,000 customers, long tails, tokens and durations spread as they
 * are in traffic, two in a hundred failed. Indexes are made afterwards, as they would be after a restore.
 */
export async function generate(client: Client, rows: number, now: Date, tell: (line: string) => void): Promise<void> {
  await ensurePartitions(client, now, new Date(now.getTime() - (DAYS + 1) * 86_400_000));
  await client.query("SET work_mem = '64MB'; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off");
  const indexes = await client.query<{ name: string; made: string }>(
    `SELECT indexrelid::regclass::text AS "name", pg_get_indexdef(indexrelid) AS "made" FROM pg_index
     WHERE indrelid = '"RequestLog"'::regclass AND NOT indisprimary`,
  );
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  for (let from = 0; from < rows; from += ROWS_A_STATEMENT) {
    await client.query(INSERT, [from, Math.min(from + ROWS_A_STATEMENT, rows) - 1, rows, now.getTime() / 1000]);
    if (from % 1_000_000 === 0) tell(`${from.toLocaleString('en-US')} rows`);
  }
  tell('indexes');
  for (const { made } of indexes.rows) await client.query(made.replace(' ON ONLY ', ' ON '));
  tell('rollups');
  await rollUp(client);
  tell('statistics');
  await client.query('VACUUM (ANALYZE) "RequestLog"');
  await client.query('VACUUM (ANALYZE) "Rollup"');
  await client.query('VACUUM (ANALYZE) "DimensionRollup"');
  await client.query('VACUUM (ANALYZE) "CustomerRollup"');
  await client.query('VACUUM (ANALYZE) "AttemptRollup"');
}

/** $1 to $2: numbers of rows; $3: of how many; $4: the end, in seconds since the epoch. */
const INSERT = `
INSERT INTO "RequestLog" ("organizationId","id","environment","simulated","logMethod","logType","apiKeyId","endpoint","provider",
  "requestedModel","model","stream","status","statusCode","errorCause","errorType","errorMessage","stopReason","startedAt",
  "latencyMs","ttftMs","inputTokens","outputTokens","cacheReadTokens","cacheWrite5mTokens","cacheWrite1hTokens",
  "reasoningTokens","webSearches","usageEstimated","costNanoUsd","pricing","credentialSource","credentialId","credentialHint",
  "untouched","alterations","warnings","attemptCount","promptPreview","replyPreview","customerIdentifier","threadIdentifier",
  "customIdentifier","metadata")
SELECT org, id, (CASE WHEN r1 < 0.02 THEN 'test' ELSE 'production' END)::"Environment", false, 'inference', 'chat',
  ('0190a000-0000-7000-8000-' || lpad(key::text, 12, '0'))::uuid, '/api/anthropic/v1/messages',
  CASE WHEN m < 30 THEN 'anthropic' ELSE 'openai' END, 'claude-model-' || m, 'claude-model-' || m || '-20260101', r3 < 0.7,
  CASE WHEN r4 < 0.98 THEN 'success' WHEN r4 < 0.99 THEN 'error' ELSE 'aborted' END,
  CASE WHEN r4 < 0.98 THEN 200 WHEN r4 < 0.985 THEN 429 WHEN r4 < 0.989 THEN 529 WHEN r4 < 0.99 THEN 400 ELSE 499 END,
  CASE WHEN r4 >= 0.989 AND r4 < 0.99 THEN 'caller' WHEN r4 >= 0.98 AND r4 < 0.99 THEN 'provider' END, NULL,
  CASE WHEN r4 >= 0.98 AND r4 < 0.99 THEN 'Overloaded, try again later' END, 'end_turn', at,
  (300 * exp(ln * 1.1))::int, CASE WHEN r3 < 0.7 THEN (150 * exp(ln * 0.6))::int END,
  (100 + 3000 * r5 * r6)::int, (20 + 800 * r7 * r6)::int, (20000 * r6 * r5)::int, 0, 0, 0, 0, false, (2000000 * exp(ln))::bigint,
  jsonb_build_object('s', 'respan', 'n', 'claude-model-' || m, 'p', jsonb_build_array(
    jsonb_build_array('input', (100 + 3000 * r5 * r6)::int, 3000000000, 123456),
    jsonb_build_array('cache_read', (20000 * r6 * r5)::int, 300000000, 123456),
    jsonb_build_array('output', (20 + 800 * r7 * r6)::int, 15000000000, 1234567))),
  'integration', '0190a000-0000-7000-8000-0000000000cc', 'abcd', true, '{}', '{}', 1,
  'Summarize ticket number ' || g || ' from a customer who is unhappy with the delivery of an order and asks for money back',
  'The customer of ' || g || ' reports a late order and wants a refund. Suggest an apology and a refund',
  'customer-' || floor(5000 * r8 ^ 3)::int, CASE WHEN r3 < 0.6 THEN 'thread-' || (g / 12) || '-' || floor(r2 * 3)::int END,
  CASE WHEN r3 < 0.2 THEN 'order-' || g END,
  CASE WHEN r5 < 0.5 THEN jsonb_build_object('feature', 'f' || floor(30 * r6)::int, 'region', 'eu') END
FROM (
  SELECT g, to_timestamp(s) AS at, (lpad(to_hex((1000 * s)::bigint), 12, '0') || '7' || substr(md5(g::text), 1, 3) || '8' || substr(md5(g || 'x'), 1, 15))::uuid AS id,
    CASE WHEN random() < 0.4 THEN '${LARGE_ID}'::uuid
      ELSE ('0190a000-0000-7000-8000-0000000001' || lpad(floor(80 * random() ^ 2)::int::text, 2, '0'))::uuid END AS org,
    random() r1, random() r2, random() r3, random() r4, random() r5, random() r6, random() r7, random() r8,
    (random() + random() + random() + random() + random() + random() - 3) * 1.4 + 0.8 AS ln
  FROM (SELECT g, $4::float8 - ${DAYS} * 86400 + ${DAYS} * 86400.0 * g / $3::int AS s FROM generate_series($1::int, $2::int) g) n
) r CROSS JOIN LATERAL (
  SELECT floor((CASE WHEN org = '${LARGE_ID}' THEN 40 ELSE 6 END) * r2 ^ 3)::int AS key
) k CROSS JOIN LATERAL (SELECT (7 * key + floor(3 * r7 ^ 2)::int) % 40 AS m) n`;

/** The same sums and histograms that the writer keeps: by minute of the last day, by hour and day of all. */
async function rollUp(client: Client): Promise<void> {
  await client.query('TRUNCATE "Rollup", "DimensionRollup", "CustomerRollup", "AttemptRollup"');
  await client.query('BEGIN');
  for (const [granularity, since] of [
    ['minute', `now() - interval '1 day'`],
    ['hour', `'-infinity'`],
    ['day', `'-infinity'`],
  ]) {
    await client.query(COMBINED.replaceAll('$granularity', `'${granularity}'`).replaceAll('$since', since ?? ''));
  }
  const migration = join(ROOT, 'prisma/migrations/20261122233000_dashboard_rollups/migration.sql');
  const statements = await readFile(migration, 'utf8');
  await client.query(statements.slice(statements.indexOf('-- What was rolled up before')));
  await client.query(ATTEMPTS);
  await client.query('COMMIT');
}

const KEY = '"organizationId","environment","provider","model","apiKeyId"';
const SUMS = ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWrite5mTokens', 'cacheWrite1hTokens'];
const COUNTED = [
  ...[
    'requests',
    'simulatedRequests',
    'errorsCaller',
    'errorsProvider',
    'errorsLimit',
    'errorsGateway',
    'errorsRateLimited',
  ],
  ...['aborted', 'unpricedRequests', 'costNanoUsd', ...SUMS],
  ...['savedByRetry', 'savedByFallback', 'streamedTokens', 'streamedMs', 'cacheSavedNanoUsd'],
];
const NAMES = COUNTED.map((name) => `"${name}"`).join();
/** As binOf of lib/gateway/histogram.ts. */
const bin = (column: string) =>
  `(CASE WHEN ${column} < 1 THEN 0 ELSE 1 + ceil(ln(${column}) / ln(1.02)) END)::smallint`;

const COMBINED = `
INSERT INTO "Rollup" ("granularity","bucketAt",${KEY},${NAMES},"latencyBins","latencyCounts","ttftBins","ttftCounts")
WITH logs AS NOT MATERIALIZED (
  SELECT date_trunc($granularity, "startedAt", 'UTC') AS at, coalesce("apiKeyId", '00000000-0000-0000-0000-000000000000') AS key, *
  FROM "RequestLog" WHERE "startedAt" >= $since
), sums AS (
  SELECT at, "organizationId", "environment", "provider", "model", key, count(*) AS requests,
    count(*) FILTER (WHERE "errorCause" = 'caller') AS caller, count(*) FILTER (WHERE "errorCause" = 'provider') AS provided,
    count(*) FILTER (WHERE "errorCause" = 'provider' AND "statusCode" IN (429, 529)) AS limited,
    count(*) FILTER (WHERE "status" = 'aborted') AS aborted, sum("costNanoUsd") AS cost,
    ${SUMS.map((name) => `sum("${name}") AS "${name}"`).join()},
    coalesce(sum("outputTokens") FILTER (WHERE "status" = 'success' AND "latencyMs" > "ttftMs"), 0) AS streamed,
    coalesce(sum("latencyMs" - "ttftMs") FILTER (WHERE "status" = 'success' AND "latencyMs" > "ttftMs"), 0) AS streaming
  FROM logs GROUP BY 1, 2, 3, 4, 5, 6
), latency AS (
  SELECT at, "organizationId", "environment", "provider", "model", key, array_agg(b ORDER BY b) AS bins, array_agg(n ORDER BY b) AS counts
  FROM (SELECT at, "organizationId", "environment", "provider", "model", key, ${bin('"latencyMs"')} AS b, count(*)::int AS n
    FROM logs WHERE "status" = 'success' GROUP BY 1, 2, 3, 4, 5, 6, 7) l GROUP BY 1, 2, 3, 4, 5, 6
), ttft AS (
  SELECT at, "organizationId", "environment", "provider", "model", key, array_agg(b ORDER BY b) AS bins, array_agg(n ORDER BY b) AS counts
  FROM (SELECT at, "organizationId", "environment", "provider", "model", key, ${bin('"ttftMs"')} AS b, count(*)::int AS n
    FROM logs WHERE "status" = 'success' AND "ttftMs" IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7) t GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT $granularity, at, "organizationId", "environment", "provider", "model", key, requests, 0, caller, provided, 0, 0, limited,
  aborted, 0, cost, ${SUMS.map((name) => `"${name}"`).join()}, 0, 0, streamed, streaming, 0,
  coalesce(latency.bins, '{}'), coalesce(latency.counts, '{}'), coalesce(ttft.bins, '{}'), coalesce(ttft.counts, '{}')
FROM sums LEFT JOIN latency USING (at, "organizationId", "environment", "provider", "model", key)
LEFT JOIN ttft USING (at, "organizationId", "environment", "provider", "model", key)`;

const ATTEMPTS = `
INSERT INTO "AttemptRollup" ("organizationId","granularity","environment","bucketAt","provider","credentialId","attempts",
  "rateLimited","overloaded","serverErrors","connectionErrors","refused")
SELECT "organizationId", g, "environment", date_trunc(g, "startedAt", 'UTC'), "provider", "credentialId", count(*),
  count(*) FILTER (WHERE "statusCode" = 429), count(*) FILTER (WHERE "statusCode" = 529), 0, 0,
  count(*) FILTER (WHERE "statusCode" = 400)
FROM "RequestLog" CROSS JOIN (VALUES ('hour'), ('day')) AS v (g) GROUP BY 1, 2, 3, 4, 5, 6`;
