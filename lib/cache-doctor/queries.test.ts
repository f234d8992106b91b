import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext } from '@/lib/auth/context';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { LogRecord } from '@/lib/gateway/log-record';
import { NO_USAGE } from '@/lib/gateway/usage';
import { openLogStore } from '@/lib/logs/store';
import { logRecord } from '@/lib/logs/testing';
import { examine, findSuspects } from './queries';

const ORGANIZATION_ID = '0190a000-0000-7000-8000-000000000001';
const OTHER_ID = '0190a000-0000-7000-8000-000000000002';
const KEY_ID = '0190a000-0000-7000-8000-0000000000aa';
const ctx = brandContext({ organizationId: ORGANIZATION_ID, userId: null, role: 'viewer' });
const stranger = brandContext({ organizationId: OTHER_ID, userId: null, role: 'viewer' });
const MINUTE_MS = 60_000;
const SYSTEM = [{ type: 'text', text: 'Be careful. '.repeat(900), cache_control: { type: 'ephemeral' } }];

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

function logOf(startedAt: number, system: unknown, usage: object, given: Partial<LogRecord> = {}): LogRecord {
  const request = JSON.stringify({ model: 'm', system, messages: [{ role: 'user', content: 'Go on' }] });
  const part = (name: 'input' | 'cache_read' | 'cache_write_5m', nanoUsdPerMillion: string) => ({
    ...{ class: name, model: 'claude-sonnet-5-5', quantity: 1, nanoUsdPerMillion, costNanoUsd: '1' },
  });
  const parts = [part('input', '2000000000'), part('cache_read', '200000000'), part('cache_write_5m', '2500000000')];
  return logRecord({
    organizationId: ORGANIZATION_ID,
    apiKeyId: KEY_ID,
    model: 'claude-sonnet-5-5',
    startedAt,
    ttftMs: null,
    usage: { ...NO_USAGE, inputTokens: 20, outputTokens: 5, ...usage },
    cost: { costNanoUsd: 3n, parts, modifiers: [], source: 'respan' },
    threadIdentifier: 'ticket-7',
    payload: { request, response: '{}', requestHeaders: null, responseHeaders: null },
    ...given,
  });
}

async function stored(...records: LogRecord[]): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  const store = await openLogStore({ databaseUrl: database.url, dir, report: () => {} });
  for (const record of records) store.journal.settle(record);
  await store.flush();
  await store.close();
  await rm(dir, { recursive: true });
}

test('a thread is examined call by call, and its worst offender is listed', async () => {
  const begun = Date.now() - 30 * MINUTE_MS;
  const dated = [{ ...SYSTEM[0], text: `12:01 ${SYSTEM[0]?.text}` }];
  const calls = [
    logOf(begun, SYSTEM, { cacheWrite5mTokens: 4000 }),
    logOf(begun + MINUTE_MS, SYSTEM, { cacheReadTokens: 4000 }),
    logOf(begun + 8 * MINUTE_MS, SYSTEM, { cacheWrite5mTokens: 4000 }),
    logOf(begun + 9 * MINUTE_MS, dated, { cacheWrite5mTokens: 4010 }),
  ];
  const strangers = logOf(begun, SYSTEM, { cacheWrite5mTokens: 4000 }, { organizationId: OTHER_ID, apiKeyId: null });
  await stored(...calls, strangers);
  const { calls: found, isCut } = await examine(ctx, { thread: 'ticket-7', key: undefined });
  expect(isCut).toBe(false);
  expect(found.map(({ id }) => id)).toEqual(calls.map(({ id }) => id).toReversed());
  expect(found.map(({ diagnosis }) => diagnosis.reason).toReversed()).toEqual([
    'first_call',
    'hit',
    'lapsed',
    'content_changed',
  ]);
  expect(found[0]).toMatchObject({
    readTokens: 0,
    writtenTokens: 4010,
    diagnosis: { missedTokens: 4000, lostNanoUsd: '9200000', change: { path: 'system.0' } },
  });
  expect((await examine(ctx, { thread: undefined, key: KEY_ID })).calls).toHaveLength(4);
  expect((await examine(stranger, { thread: 'ticket-7', key: undefined })).calls.map(({ id }) => id)).toEqual([
    strangers.id,
  ]);
  expect((await examine(stranger, { thread: undefined, key: KEY_ID })).calls).toEqual([]);

  const listed = await findSuspects(ctx, 'production');
  expect(listed.threads).toEqual([
    expect.objectContaining({ kind: 'thread', id: 'ticket-7', calls: 4, uncachedTokens: 4 * 20 + 12_010 }),
  ]);
  expect(listed.threads[0]?.hitRate).toBeCloseTo(4000 / 16_090);
  expect(listed.keys).toEqual([expect.objectContaining({ kind: 'key', id: KEY_ID, name: 'Deleted key' })]);
  expect(await findSuspects(ctx, 'test')).toEqual({ threads: [], keys: [] });
  expect((await findSuspects(stranger, 'production')).threads).toEqual([]);
});

test('conversations side by side in one thread are each judged by their own', async () => {
  const begun = Date.now() - 3 * MINUTE_MS;
  const other = [{ type: 'text', text: 'Translate. '.repeat(900), cache_control: { type: 'ephemeral' } }];
  const thread = { threadIdentifier: 'two-agents' };
  await stored(
    logOf(begun, SYSTEM, { cacheWrite5mTokens: 4000 }, thread),
    logOf(begun + 10_000, other, { cacheWrite5mTokens: 3000 }, thread),
    logOf(begun + 20_000, SYSTEM, { cacheReadTokens: 4000 }, thread),
    logOf(begun + 30_000, other, { cacheReadTokens: 3000 }, thread),
  );
  const { calls } = await examine(ctx, { thread: 'two-agents', key: undefined });
  expect(calls.slice(0, 2).map(({ diagnosis }) => [diagnosis.reason, diagnosis.expectedTokens])).toEqual([
    ['hit', 3000],
    ['hit', 4000],
  ]);
});
