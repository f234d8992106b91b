import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { binOf } from '@/lib/gateway/histogram';
import type { ErrorCause, LogRecord, LogStatus } from '@/lib/gateway/log-record';
import { type Counter, factsOf, rollUp } from './rollups';
import { openLogStore } from './store';
import { costOf, logRecord, ORGANIZATION_ID } from './testing';

describe('what a log counts as', () => {
  const counted = (given: Partial<LogRecord>) => {
    const { counts } = factsOf(logRecord(given));
    const isOutcome = (name: string) => !name.endsWith('Tokens') && name !== 'requests';
    return Object.entries(counts).flatMap(([name, n]) => (n > 0 && isOutcome(name) ? name : []));
  };
  const failed = (errorCause: ErrorCause | null, statusCode: number): Partial<LogRecord> => ({
    ...{ status: 'error', errorCause, statusCode },
  });

  test.each<[string, Partial<LogRecord>, Counter[]]>([
    ['a success', {}, []],
    ['a simulated one', { simulated: true }, ['simulatedRequests']],
    ['an unknown price', { cost: null }, ['unpricedRequests']],
    ['no usage and no cost', { cost: null, usage: null }, []],
    ['a client that left', { status: 'aborted', cost: null }, ['aborted']],
    ['the caller’s error', failed('caller', 400), ['errorsCaller']],
    ['a limit of ours', failed('limit', 429), ['errorsLimit']],
    ['our own error', failed('gateway', 502), ['errorsGateway']],
    ['an error without a cause', failed(null, 500), ['errorsGateway']],
    ['the provider’s error', failed('provider', 500), ['errorsProvider']],
    ['the provider’s rate limit', failed('provider', 429), ['errorsProvider', 'errorsRateLimited']],
    ['the provider’s overload', failed('provider', 529), ['errorsProvider', 'errorsRateLimited']],
    ['an interruption', { status: 'interrupted', errorCause: 'gateway' }, ['errorsGateway']],
  ])('%s', (_what, given, expected) => {
    expect(counted(given)).toEqual(expected);
  });

  test('only successes tell how fast answers are', () => {
    expect(factsOf(logRecord({ latencyMs: 80, ttftMs: 20 }))).toMatchObject({
      latencyBin: binOf(80),
      ttftBin: binOf(20),
    });
    for (const status of ['error', 'aborted', 'interrupted'] as const) {
      expect(factsOf(logRecord({ status }))).toMatchObject({ latencyBin: null, ttftBin: null });
    }
  });

  test('buckets begin on the minute, the hour and the day in UTC', () => {
    const rows = rollUp([factsOf(logRecord({ startedAt: Date.UTC(2026, 0, 31, 23, 59, 59, 999) }))]);
    const starts = rows.map((row) => `${row.granularity} ${new Date(row.bucketAt).toISOString()}`);
    expect(starts.sort()).toEqual([
      'day 2026-01-31T00:00:00.000Z',
      'hour 2026-01-31T23:00:00.000Z',
      'minute 2026-01-31T23:59:00.000Z',
    ]);
  });
});

describe('in the database', () => {
  let database: TestDatabase;
  let client: Client;
  let dir: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
    await rm(dir, { recursive: true });
  });

  test('rollups equal the logs they count, though several writers add to the same ones at once', async () => {
    const reports: string[] = [];
    const report = (message: string, error?: unknown) => reports.push(`${message} ${error ?? ''}`);
    const stores = await Promise.all([1, 2, 3].map(() => openLogStore({ databaseUrl: database.url, dir, report })));
    for (let round = 0; round < 12; round++) {
      for (const [index, store] of stores.entries()) {
        for (let n = 0; n < 60; n++) store.journal.settle(varied(round * 180 + index * 60 + n));
      }
      // Not one after the other: the point is that they meet.
      await Promise.all(stores.map((store) => store.flush()));
    }
    await Promise.all(stores.map((store) => store.close()));
    expect(reports).toEqual([]);
    for (const granularity of ['minute', 'hour', 'day']) {
      const kept = await client.query(ROLLED_UP, [granularity]);
      const counted = await client.query(FROM_LOGS, [granularity]);
      expect(counted.rowCount).toBeGreaterThan(10);
      expect(kept.rows).toEqual(counted.rows);
      expect(await bins(client, granularity)).toEqual(await latencies(client, granularity));
    }
    const total = await client.query(`SELECT sum("requests")::int AS n FROM "Rollup" WHERE "granularity" = 'day'`);
    expect(total.rows).toEqual([{ n: 12 * 180 }]);
  });
});

/** A record that differs in everything that rollups look at. */
function varied(n: number): LogRecord {
  const status = (['success', 'success', 'success', 'error', 'aborted', 'interrupted'] as const)[n % 6] satisfies
    | LogStatus
    | undefined;
  const cause = (['caller', 'provider', 'limit', 'gateway'] as const)[n % 4];
  return logRecord({
    status: status ?? 'success',
    statusCode: n % 3 === 0 ? 429 : 200,
    errorCause: status === 'error' ? (cause ?? null) : null,
    organizationId: n % 10 === 0 ? ORGANIZATION_ID.replace(/1$/, '3') : ORGANIZATION_ID,
    environment: n % 7 === 0 ? 'test' : 'production',
    simulated: n % 7 === 0,
    provider: n % 11 === 0 ? null : 'anthropic',
    model: n % 13 === 0 ? null : `model-${n % 3}`,
    apiKeyId: n % 5 === 0 ? null : ORGANIZATION_ID,
    startedAt: Date.UTC(2026, 10, 22, 23, 58) + n * 500,
    latencyMs: n % 17 === 0 ? null : 1 + ((n * 7919) % 60_000),
    ttftMs: n % 2 === 0 ? null : (n * 31) % 900,
    cost: n % 19 === 0 ? null : costOf(BigInt(n) * 1_000_003n),
  });
}

const KEY = `"organizationId", "bucketAt", "environment"::text, "provider", "model", "apiKeyId"`;
const COUNTS = [
  ...['requests', 'simulatedRequests', 'errorsCaller', 'errorsProvider', 'errorsLimit', 'errorsGateway'],
  ...['errorsRateLimited', 'aborted', 'unpricedRequests', 'costNanoUsd', 'inputTokens', 'outputTokens'],
  ...['cacheReadTokens', 'cacheWrite5mTokens', 'cacheWrite1hTokens'],
];

const ROLLED_UP = `SELECT ${KEY}, ${COUNTS.map((name) => `"${name}"::text`).join()}
  FROM "Rollup" WHERE "granularity" = $1 ORDER BY 1, 2, 3, 4, 5, 6`;

const BUCKETED = `SELECT "organizationId", date_trunc($1, "startedAt", 'UTC') AS "bucketAt", "environment"::text,
  coalesce("provider", '') AS "provider", coalesce("model", '') AS "model",
  coalesce("apiKeyId", '00000000-0000-0000-0000-000000000000') AS "apiKeyId", "status", "statusCode", "simulated",
  CASE WHEN "status" IN ('error', 'interrupted') THEN coalesce("errorCause", 'gateway') END AS "cause",
  "costNanoUsd", "inputTokens", "outputTokens", "cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens",
  "latencyMs", "ttftMs"
  FROM "RequestLog"`;

const countIf = (condition: string) => `(count(*) FILTER (WHERE ${condition}))::text`;
const sumOf = (column: string) => `coalesce(sum("${column}"), 0)::text AS "${column}"`;

const FROM_LOGS = `SELECT "organizationId", "bucketAt", "environment", "provider", "model", "apiKeyId",
  ${countIf('true')} AS "requests", ${countIf('"simulated"')} AS "simulatedRequests",
  ${countIf(`"cause" = 'caller'`)} AS "errorsCaller", ${countIf(`"cause" = 'provider'`)} AS "errorsProvider",
  ${countIf(`"cause" = 'limit'`)} AS "errorsLimit", ${countIf(`"cause" = 'gateway'`)} AS "errorsGateway",
  ${countIf(`"cause" = 'provider' AND "statusCode" IN (429, 529)`)} AS "errorsRateLimited",
  ${countIf(`"status" = 'aborted'`)} AS "aborted",
  ${countIf(`"status" = 'success' AND "costNanoUsd" IS NULL AND "inputTokens" IS NOT NULL`)} AS "unpricedRequests",
  ${COUNTS.slice(9).map(sumOf).join()}
  FROM (${BUCKETED}) AS log GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`;

/** The histograms of each bucket put together, as "<bucket> <kind> <bin>" → count. */
async function bins(client: Client, granularity: string): Promise<Map<string, number>> {
  const unnested = (kind: string) => `SELECT "bucketAt", '${kind}' AS "kind", "bin", "count"
    FROM "Rollup", unnest("${kind}Bins", "${kind}Counts") AS h ("bin", "count") WHERE "granularity" = $1`;
  const { rows } = await client.query<{ key: string; n: number }>(
    `SELECT "bucketAt"::text || ' ' || "kind" || ' ' || "bin" AS key, sum("count")::int AS n
     FROM (${unnested('latency')} UNION ALL ${unnested('ttft')}) AS b GROUP BY 1 ORDER BY 1`,
    [granularity],
  );
  return new Map(rows.map(({ key, n }) => [key, n]));
}

async function latencies(client: Client, granularity: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ at: string; latencyMs: number | null; ttftMs: number | null }>(
    `SELECT "bucketAt"::text AS at, "latencyMs", "ttftMs" FROM (${BUCKETED}) AS log WHERE "status" = 'success'`,
    [granularity],
  );
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { at, latencyMs, ttftMs } of rows) {
    if (latencyMs !== null) add(`${at} latency ${binOf(latencyMs)}`);
    if (ttftMs !== null) add(`${at} ttft ${binOf(ttftMs)}`);
  }
  return counts;
}
