import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { Cost, CostPart } from '@/lib/gateway/cost';
import { binOf } from '@/lib/gateway/histogram';
import type { AttemptRecord, ErrorCause, LogRecord, LogStatus } from '@/lib/gateway/log-record';
import { type Counter, factsOf } from './rollup-facts';
import { rollUp } from './rollups';
import { openLogStore } from './store';
import { logRecord, ORGANIZATION_ID } from './testing';
import {
  attemptsFromLogs,
  attemptsRolledUp,
  BUCKETED,
  CUSTOMERS,
  combinedBy,
  DIMENSIONS,
  type RolledUp,
  sumsFromLogs,
} from './testing.rollups';

describe('what a log counts as', () => {
  const counted = (given: Partial<LogRecord>) => {
    const { counts } = factsOf(logRecord(given));
    const isOutcome = (name: string) => !/Tokens$|^streamedMs$|^requests$/.test(name);
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
    ['a success at the second try', { attempts: [tried('claude', 429), tried('claude', 200)] }, ['savedByRetry']],
    ['a success beside an attempt that was cancelled', { attempts: [tried('claude', 200), CANCELLED] }, []],
    ['a success of another model', { attempts: [tried('claude', 529), tried('gpt', 200)] }, ['savedByFallback']],
    [
      'an error whatever was tried',
      { ...failed('provider', 500), attempts: [tried('a', 500), tried('b', 500)] },
      ['errorsProvider'],
    ],
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
    const { combined } = rollUp([factsOf(logRecord({ startedAt: Date.UTC(2026, 0, 31, 23, 59, 59, 999) }))]);
    const starts = combined.map((row) => `${row.granularity} ${new Date(row.bucketAt).toISOString()}`);
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
      await agree(client, combinedBy, sumsFromLogs(combinedBy), granularity, 10);
      expect(await bins(client, granularity)).toEqual(await latencies(client, granularity));
    }
    for (const dimension of [DIMENSIONS.all, DIMENSIONS.status]) {
      await agree(client, dimension, sumsFromLogs(dimension), 'minute', 10);
    }
    for (const granularity of ['hour', 'day']) {
      for (const dimension of Object.values(DIMENSIONS))
        await agree(client, dimension, sumsFromLogs(dimension), granularity, 2);
      await agree(client, CUSTOMERS, sumsFromLogs(CUSTOMERS), granularity, 10);
    }
    for (const granularity of ['minute', 'hour']) {
      const kept = await client.query(attemptsRolledUp, [granularity]);
      expect(kept.rowCount).toBeGreaterThan(3);
      expect(kept.rows).toEqual((await client.query(attemptsFromLogs, [granularity])).rows);
    }
    expect(await dimensionBins(client)).toEqual(await bins(client, 'hour'));
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
    cost: n % 19 === 0 ? null : cachedCost(n),
    // As long as one may be: no two of them are one.
    customerIdentifier: n % 4 === 0 ? null : `customer-${n % 23}`.padStart(n % 3 ? 0 : 255, '漢'),
    attempts: triesOf(n, status ?? 'success'),
  });
}

function cachedCost(n: number): LogRecord['cost'] {
  const part = (of: CostPart['class'], nanoUsdPerMillion: string, costNanoUsd: number): CostPart => ({
    ...{ class: of, model: 'm', quantity: n, nanoUsdPerMillion, costNanoUsd: String(costNanoUsd) },
  });
  const read = part('cache_read', '300000000', n * 30 + 1);
  const written = part('cache_write_5m', '3750000000', n * 37);
  const input = n % 3 === 0 ? [] : [part('input', '3000000000', n)];
  return { ...price(n), parts: [...input, read, ...(n % 2 === 0 ? [written] : [])] };
}

function price(n: number): Cost {
  return { costNanoUsd: BigInt(n) * 1_000_003n, parts: [], modifiers: [], source: 'respan' };
}

function tried(model: string, statusCode: number | null): AttemptRecord {
  return {
    ...{ provider: 'anthropic', model, credentialSource: 'integration', credentialId: null, credentialHint: 'abcd' },
    ...{
      startedAfterMs: 0,
      durationMs: 1,
      statusCode,
      reason: 'first choice',
      outcome: statusCode === 200 ? 'ok' : 'failed',
      digests: null,
    },
  };
}

const CANCELLED = { ...tried('claude', null), outcome: 'cancelled, the other attempt answered first' };

/** One, two or three tries, of the same model or of others, each with an end of its own. */
function triesOf(n: number, status: LogStatus): AttemptRecord[] {
  const statuses = [200, 429, 529, 500, 400, null, 200] as const;
  return Array.from({ length: n % 4 }, (_, index) => {
    const last = index === (n % 4) - 1;
    const statusCode = last && status === 'success' ? 200 : (statuses[(n + index * 3) % 7] ?? null);
    return {
      ...tried(n % 5 === 0 && index > 0 ? 'gpt' : 'claude', statusCode),
      provider: n % 5 === 0 && index > 0 ? 'openai' : 'anthropic',
      credentialId: n % 9 === 0 ? null : ORGANIZATION_ID,
      durationMs: n % 3,
      outcome: statusCode === 200 && (last || n % 2 === 0) ? 'ok' : 'failed',
    };
  });
}

/** What a rollup holds is what its logs add up to. */
async function agree(client: Client, kept: RolledUp, counted: string, granularity: string, least: number) {
  const found = await client.query(kept.kept, [granularity]);
  expect(found.rowCount).toBeGreaterThanOrEqual(least);
  expect(found.rows).toEqual((await client.query(counted, [granularity])).rows);
}

/** The histograms of the hours, whatever they are of. */
async function dimensionBins(client: Client): Promise<Map<string, number>> {
  const unnested = (kind: string) => `SELECT "bucketAt", "dimension", '${kind}' AS "kind", "bin", "count"
    FROM "DimensionRollup", unnest("${kind}Bins", "${kind}Counts") AS h ("bin", "count") WHERE "granularity" = 'hour'`;
  const { rows } = await client.query<{ key: string; n: number }>(
    `SELECT "bucketAt"::text || ' ' || "kind" || ' ' || "bin" AS key, sum("count")::int AS n, "dimension"
     FROM (${unnested('latency')} UNION ALL ${unnested('ttft')}) AS b GROUP BY 1, 3 ORDER BY 1`,
  );
  const of = (dimension: string) =>
    new Map(rows.flatMap((row) => ('dimension' in row && row.dimension === dimension ? [[row.key, row.n]] : [])));
  for (const dimension of ['model', 'provider', 'key']) expect(of(dimension)).toEqual(of('all'));
  return of('all');
}

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
