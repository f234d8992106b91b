import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { startHousekeeping } from './housekeeping';
import { ensurePartitions, firstIdAt } from './partitions';
import { applyRetention } from './retention';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date('2026-11-20T12:00:00Z');
const FOR_GOOD = { logDays: 0, payloadDays: 0 };

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect();
  await ensurePartitions(client, NOW, new Date('2026-07-01T00:00:00Z'));
});
beforeEach(async () => {
  await client.query('DELETE FROM "RequestLog"');
  await client.query('DELETE FROM "RequestPayload"');
  await client.query('DELETE FROM "Organization"');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('whole partitions go when all in them is past the time, and not before', async () => {
  const organizationId = await organization();
  await addPayload(organizationId, 1, 29, 31, 90);
  expect(await tables('RequestPayload_2026_10_20')).toBe(1);
  await applyRetention(client, { logDays: 0, payloadDays: 30 }, NOW);
  expect(await ages('RequestPayload', organizationId)).toEqual([1, 29]);
  expect(await tables('RequestPayload_2026_10_20')).toBe(0);
  expect(await tables('RequestPayload_2026_10_21')).toBe(1);
  expect(await tables('RequestPayload_default')).toBe(1);
  expect(await tables('RequestLog_2026_07')).toBe(1);
  await ensurePartitions(client, NOW, new Date('2026-07-01T00:00:00Z'));
});

test('bodies go with their logs, and 0 keeps everything', async () => {
  const organizationId = await organization();
  await addPayload(organizationId, 1, 100);
  await applyRetention(client, FOR_GOOD, NOW);
  expect(await ages('RequestPayload', organizationId)).toEqual([1, 100]);
  await applyRetention(client, { logDays: 60, payloadDays: 0 }, NOW);
  expect(await ages('RequestPayload', organizationId)).toEqual([1]);
  await ensurePartitions(client, NOW, new Date('2026-07-01T00:00:00Z'));
});

test('an organization that keeps less loses its own old rows alone, logs and bodies apart', async () => {
  const short = await organization({ logRetentionDays: 60, payloadRetentionDays: 7 });
  const long = await organization();
  for (const id of [short, long]) {
    await addPayload(id, 1, 8, 59, 61);
    await addLog(id, 1, 8, 59, 61);
  }
  await applyRetention(client, FOR_GOOD, NOW, { paceMs: 0 });
  expect(await ages('RequestLog', short)).toEqual([1, 8, 59]);
  expect(await ages('RequestPayload', short)).toEqual([1]);
  expect(await ages('RequestLog', long)).toEqual([1, 8, 59, 61]);
  expect(await ages('RequestPayload', long)).toEqual([1, 8, 59, 61]);
});

test('more rows than one delete takes all go, and stopping leaves the rest for the next time', async () => {
  const organizationId = await organization({ payloadRetentionDays: 7 });
  await client.query(
    `INSERT INTO "RequestPayload" ("organizationId", "id")
     SELECT $1, ($2 || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(1, 2500) n`,
    [organizationId, firstIdAt(daysAgo(30)).slice(0, 24)],
  );
  const stopping = new AbortController();
  const stopped = applyRetention(client, FOR_GOOD, NOW, { paceMs: 50, signal: stopping.signal });
  await sleep(20);
  stopping.abort();
  await stopped;
  const left = (await ages('RequestPayload', organizationId)).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(2500);
  await applyRetention(client, FOR_GOOD, NOW, { paceMs: 0 });
  expect(await ages('RequestPayload', organizationId)).toEqual([]);
});

test('a partition that somebody reads is left for the next time, and nobody waits behind it', async () => {
  const organizationId = await organization();
  await addPayload(organizationId, 90);
  const reader = await connect();
  await reader.query('BEGIN');
  await reader.query('SELECT count(*) FROM "RequestPayload"');
  await applyRetention(client, { logDays: 0, payloadDays: 89 }, NOW);
  await reader.query('COMMIT');
  await reader.end();
  expect(await ages('RequestPayload', organizationId)).toEqual([90]);
  await applyRetention(client, { logDays: 0, payloadDays: 89 }, NOW);
  expect(await ages('RequestPayload', organizationId)).toEqual([]);
  await ensurePartitions(client, NOW, new Date('2026-07-01T00:00:00Z'));
}, 60_000);

test('housekeeping runs by itself, reports what fails, and stops', async () => {
  const organizationId = await organization({ payloadRetentionDays: 1 });
  await addPayload(organizationId, 10);
  const old = { organizationId, day: daysAgo(20), notedAt: daysAgo(20) };
  await db().partSweep.create({ data: old });
  const reports: string[] = [];
  const started = startHousekeeping({
    databaseUrl: database.url,
    retention: FOR_GOOD,
    report: (message) => reports.push(message),
    firstAfterMs: 1,
    everyMs: 20,
  });
  await expect.poll(() => ages('RequestPayload', organizationId)).toEqual([]);
  await expect.poll(() => db().partSweep.count({ where: { organizationId } })).toBe(0);
  await started.stop();
  expect(reports).toEqual([]);
  const unreachable = startHousekeeping({
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    retention: FOR_GOOD,
    report: (message) => reports.push(message),
    firstAfterMs: 1,
  });
  await expect.poll(() => reports).toEqual(['What is past its retention could not be removed.']);
  await unreachable.stop();
});

async function connect(): Promise<Client> {
  const connection = new Client({ connectionString: database.url });
  await connection.connect();
  return connection;
}

async function organization(keeps: { logRetentionDays?: number; payloadRetentionDays?: number } = {}): Promise<string> {
  const id = randomUUID();
  await db().organization.create({ data: { id, name: 'Acme', ...keeps } });
  return id;
}

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

function idAt(days: number): string {
  return firstIdAt(daysAgo(days)).slice(0, 24) + randomUUID().slice(24);
}

async function addPayload(organizationId: string, ...days: number[]): Promise<void> {
  for (const age of days)
    await client.query('INSERT INTO "RequestPayload" ("organizationId", "id") VALUES ($1, $2)', [
      organizationId,
      idAt(age),
    ]);
}

async function addLog(organizationId: string, ...days: number[]): Promise<void> {
  for (const age of days)
    await db().requestLog.create({
      data: {
        organizationId,
        id: idAt(age),
        environment: 'production',
        simulated: false,
        logMethod: 'inference',
        logType: 'chat',
        endpoint: '/api/anthropic/v1/messages',
        stream: false,
        status: 'success',
        statusCode: 200,
        startedAt: daysAgo(age),
        usageEstimated: false,
        untouched: true,
        attemptCount: 1,
        alterations: [],
        warnings: [],
      },
    });
}

/** In whole days before now, youngest first. */
async function ages(table: 'RequestLog' | 'RequestPayload', organizationId: string): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(`SELECT "id" FROM "${table}" WHERE "organizationId" = $1`, [
    organizationId,
  ]);
  const at = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  return rows.map(({ id }) => Math.round((NOW.getTime() - at(id)) / DAY_MS)).sort((a, b) => a - b);
}

async function tables(name: string): Promise<number> {
  const { rows } = await client.query('SELECT 1 FROM pg_class WHERE "relname" = $1', [name]);
  return rows.length;
}
