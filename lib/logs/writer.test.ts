import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { LogRecord } from '@/lib/gateway/log-record';
import { type LogStore, openLogStore } from './store';
import { costOf, logRecord, ORGANIZATION_ID } from './testing';

let database: TestDatabase;
let client: Client;
let dir: string;
let store: LogStore;
const reports: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  await client.query('TRUNCATE "RequestLog", "RequestPayload", "Rollup", "CreditTransaction", "CreditBalance"');
  dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  reports.length = 0;
  store = await open();
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

function open(): Promise<LogStore> {
  const report = (message: string, error?: unknown) => reports.push(`${message} ${error ?? ''}`);
  return openLogStore({ databaseUrl: database.url, dir, report });
}

async function rows<T extends object = Record<string, unknown>>(
  statement: string,
  values: unknown[] = [],
): Promise<T[]> {
  return (await client.query<T>(statement, values)).rows;
}

async function write(...records: LogRecord[]): Promise<void> {
  for (const record of records) store.journal.settle(record);
  await store.flush();
}

test('a log arrives with every column as it was', async () => {
  const record = logRecord({
    startedAt: Date.UTC(2026, 10, 22, 12, 34, 56, 789),
    status: 'error',
    statusCode: 529,
    errorCause: 'provider',
    errorType: 'overloaded_error',
    errorMessage: 'line one\nline two\twith a tab, a \\ and a "quote"',
    alterations: ['removed respan_params', 'a "quoted", {braced} \\ one'],
    warnings: ['first', ''],
    metadata: { nested: { list: [1, 'zwölf', null] }, backslash: 'C:\\u0000' },
    attempts: [
      {
        provider: 'anthropic',
        model: 'claude-sonnet-5',
        credentialSource: 'integration',
        credentialId: null,
        credentialHint: 'abcd',
        startedAfterMs: 2,
        durationMs: 30,
        statusCode: 529,
        reason: 'first choice',
        outcome: 'overloaded',
        digests: null,
      },
    ],
    payload: {
      request: '{"messages":[{"content":"a\\nb"}]}',
      response: 'event: ping\ndata: {"type":"ping"}\r\n\n\\.',
      requestHeaders: { 'user-agent': 'test' },
      responseHeaders: null,
    },
  });
  await write(record);
  const [log] = await rows('SELECT * FROM "RequestLog"');
  const { usage, cost, payload, attempts, startedAt, ...plain } = record;
  expect(log).toMatchObject({
    ...plain,
    startedAt: new Date(startedAt),
    inputTokens: 100,
    outputTokens: 50,
    cacheReadTokens: 7,
    cacheWrite5mTokens: 3,
    cacheWrite1hTokens: 0,
    usageEstimated: false,
    costNanoUsd: '1050000',
    pricing: { s: 'genai-prices', n: 'claude-sonnet-5', p: [['input', 100, 3_000_000_000, 1_050_000]] },
    attemptCount: 1,
  });
  const [stored] = await rows('SELECT * FROM "RequestPayload"');
  expect(stored).toEqual({
    ...{ organizationId: ORGANIZATION_ID, id: record.id, ...payload, attempts },
    ...{ requestParts: null, partsDay: null },
  });
});

test('what PostgreSQL cannot store is stored as near as can be', async () => {
  const record = logRecord({
    promptPreview: 'nul \0 and half an emoji \ud83d',
    model: `m\0${'x'.repeat(100_000)}`,
    metadata: { nul: 'a\0b', half: '\udc00', real: '😀', escaped: '\\u0000 \\ud800' },
    alterations: ['\0'],
    statusCode: 99_999,
    latencyMs: 9e15,
    ttftMs: Number.NaN,
    startedAt: 9e15,
    cost: costOf(2n ** 70n),
    payload: { request: '\0\ud800', response: null, requestHeaders: { a: '\0' }, responseHeaders: null },
  });
  await write(record);
  const [log] = await rows('SELECT * FROM "RequestLog"');
  expect(log).toMatchObject({
    promptPreview: 'nul \ufffd and half an emoji \ufffd',
    metadata: { nul: 'a\ufffdb', half: '\ufffd', real: '😀', escaped: '\\u0000 \\ud800' },
    alterations: ['\ufffd'],
    statusCode: 32_767,
    latencyMs: 2_147_483_647,
    ttftMs: null,
    costNanoUsd: String(2n ** 63n - 1n),
  });
  expect(await rows('SELECT "request", "requestHeaders" FROM "RequestPayload"')).toEqual([
    { request: '\ufffd\ufffd', requestHeaders: { a: '\ufffd' } },
  ]);
  const [{ same } = {}] = await rows('SELECT r."model" = l."model" AS same FROM "Rollup" r, "RequestLog" l LIMIT 1');
  expect(same).toBe(true);
  expect(store.counters()).toEqual({ accepted: 1, written: 1, pending: 0, dead: 0 });
});

test('bodies are stored as the bytes they are, and repaired where those are no text', async () => {
  const bodyOf = async (request: Buffer) => {
    const record = logRecord({
      payload: { request, response: Buffer.from('ok'), requestHeaders: null, responseHeaders: null },
    });
    await write(record);
    const [stored] = await rows(`SELECT "request", "response" FROM "RequestPayload" WHERE "id" = '${record.id}'`);
    return stored;
  };
  const long = `"${'größer 😀 '.repeat(20_000)}"`;
  expect(await bodyOf(Buffer.from(long))).toEqual({ request: long, response: 'ok' });
  expect(await bodyOf(Buffer.from('a\0b'))).toEqual({ request: 'a\ufffdb', response: 'ok' });
  expect(await bodyOf(Buffer.from([0x61, 0xff, 0x62]))).toEqual({ request: 'a\ufffdb', response: 'ok' });
  expect(store.counters()).toMatchObject({ accepted: 3, written: 3, dead: 0 });
});

test('the same log counts once, within a batch and over batches', async () => {
  const record = logRecord({ credentialSource: 'credits' });
  const other = logRecord({ credentialSource: 'credits' });
  await write(record, record);
  await write(record, other, record);
  await write(other);
  expect(await rows('SELECT count(*)::int AS n FROM "RequestLog"')).toEqual([{ n: 2 }]);
  expect(await rows('SELECT count(*)::int AS n FROM "RequestPayload"')).toEqual([{ n: 2 }]);
  expect(await rows('SELECT DISTINCT "requests" FROM "Rollup"')).toEqual([{ requests: '2' }]);
  expect(await rows('SELECT "balanceNanoUsd" FROM "CreditBalance"')).toEqual([{ balanceNanoUsd: '-2100000' }]);
  expect(store.counters()).toMatchObject({ accepted: 6, written: 6, pending: 0 });
});

test('a row that the database refuses is put aside, and all others are written', async () => {
  await client.query(`ALTER TABLE "RequestLog" ADD CONSTRAINT poison CHECK ("customIdentifier" <> 'poison')`);
  const good = Array.from({ length: 50 }, () => logRecord());
  const bad = [3, 40].map((n) => logRecord({ customIdentifier: 'poison', promptPreview: `what was asked ${n}` }));
  await write(...good.slice(0, 17), ...bad.slice(0, 1), ...good.slice(17), ...bad.slice(1));
  await client.query('ALTER TABLE "RequestLog" DROP CONSTRAINT poison');
  expect(await rows('SELECT count(*)::int AS n FROM "RequestLog"')).toEqual([{ n: 50 }]);
  expect(await rows(`SELECT "requests" FROM "Rollup" WHERE "granularity" = 'day'`)).toEqual([{ requests: '50' }]);
  expect(store.counters()).toEqual({ accepted: 52, written: 50, pending: 0, dead: 2 });
  const dead = await deadLetters();
  expect(dead.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('23514'),
    expect.stringContaining('23514'),
  ]);
  expect(dead.map(({ record }) => record)).toEqual(
    bad.map(({ id, promptPreview, payload }) => expect.objectContaining({ id, promptPreview, payload })),
  );
  expect(reports.join()).not.toContain('what was asked');
});

test('a record that cannot be a row is put aside at once', async () => {
  const bad = logRecord({ organizationId: ORGANIZATION_ID.replace(/1$/, 'g') });
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  await write(logRecord(), bad, logRecord({ metadata: cyclic }), logRecord());
  expect(await rows('SELECT count(*)::int AS n FROM "RequestLog"')).toEqual([{ n: 2 }]);
  expect(store.counters()).toEqual({ accepted: 4, written: 2, pending: 0, dead: 2 });
  await expect
    .poll(deadLetters)
    .toEqual([expect.objectContaining({ record: expect.objectContaining({ id: bad.id, cost: expect.anything() }) })]);
});

async function deadLetters(): Promise<{ reason: string; record: unknown }[]> {
  const lines = (await readFile(join(dir, 'dead.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('credits pay what the ledger says, and the balance is its sum', async () => {
  const other = ORGANIZATION_ID.replace(/1$/, '2');
  await client.query('INSERT INTO "CreditBalance" ("organizationId", "balanceNanoUsd") VALUES ($1, 5000)', [other]);
  const paid = [3n, 10n ** 18n, 7n].map((cost) => logRecord({ credentialSource: 'credits', cost: costOf(cost) }));
  await write(
    ...paid,
    logRecord({ credentialSource: 'credits', cost: costOf(100n), organizationId: other, status: 'aborted' }),
    logRecord({ credentialSource: 'credits', cost: null }),
    logRecord({ credentialSource: 'integration', cost: costOf(999n) }),
  );
  const ledger = await rows(
    'SELECT "type", "amountNanoUsd", "logId", "description" FROM "CreditTransaction" ORDER BY 3',
  );
  expect(ledger).toHaveLength(4);
  expect(ledger[0]).toEqual({ type: 'usage', amountNanoUsd: '-3', logId: paid[0]?.id, description: 'claude-sonnet-5' });
  expect(await rows('SELECT "balanceNanoUsd" AS b FROM "CreditBalance" ORDER BY "organizationId"')).toEqual([
    { b: String(-(10n ** 18n + 10n)) },
    { b: '4900' },
  ]);
});

test('dashboards are told which organizations have new logs', async () => {
  const heard: string[] = [];
  client.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload}`));
  await client.query('LISTEN respan_logs');
  await write(logRecord(), logRecord());
  await client.query('UNLISTEN respan_logs');
  expect(heard).toEqual([`respan_logs ["${ORGANIZATION_ID}"]`]);
});

test('a log without a body or attempts has no payload row; attempts alone make one', async () => {
  const attempt = { provider: 'anthropic', model: 'm', credentialSource: 'customer', credentialId: null } as const;
  const rest = {
    credentialHint: 'abcd',
    startedAfterMs: 0,
    durationMs: 1,
    statusCode: null,
    reason: 'r',
    outcome: 'o',
    digests: null,
  };
  const tried = logRecord({ payload: null, attempts: [{ ...attempt, ...rest }] });
  await write(logRecord({ payload: null }), tried);
  expect(await rows('SELECT "id", "request", "attempts" FROM "RequestPayload"')).toEqual([
    { id: tried.id, request: null, attempts: tried.attempts },
  ]);
});
