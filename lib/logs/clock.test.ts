import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { newId } from '@/lib/new-id';
import { openLogStore } from './store';
import { intentOf, logRecord } from './testing';

const DAY_MS = 24 * 60 * 60 * 1000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => vi.useRealTimers());
afterAll(() => database.drop());

test.each([
  ['an hour', 60 * 60 * 1000],
  ['forty days, into a month without a partition', 40 * DAY_MS],
])('a clock that goes back by %s loses and doubles nothing', async (_, back) => {
  const dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  const reports: string[] = [];
  const report = (message: string, error?: unknown) => reports.push(`${message} ${error ?? ''}`);
  const store = await openLogStore({ databaseUrl: database.url, dir, report });
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now });
  const call = () => {
    const record = logRecord({ id: newId(), startedAt: Date.now() });
    store.journal.intend(intentOf(record));
    return record;
  };
  const records = Array.from({ length: 20 }, call);
  for (const record of records.slice(0, 10)) store.journal.settle(record);
  vi.setSystemTime(now - back);
  records.push(...Array.from({ length: 20 }, call));
  for (const record of records.slice(10)) store.journal.settle(record);
  await store.flush(30_000);
  vi.useRealTimers();
  await store.close();
  await rm(dir, { recursive: true });

  const client = new Client({ connectionString: database.url });
  await client.connect();
  const ids = records.map(({ id }) => id);
  expect(new Set(ids).size).toBe(40);
  const { rows } = await client.query('SELECT "id" FROM "RequestLog" WHERE "id" = ANY($1)', [ids]);
  expect(rows).toHaveLength(40);
  const sums = `SELECT (SELECT count(*)::int FROM "RequestLog") AS logs,
    (SELECT sum("requests")::int FROM "Rollup" WHERE "granularity" = 'hour') AS rolled`;
  const counted = (await client.query(sums)).rows[0];
  expect(counted.rolled).toBe(counted.logs);
  await client.end();
  expect(reports).toEqual([]);
});
