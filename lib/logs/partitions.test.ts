import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { ensurePartitions, firstIdAt } from './partitions';

const NOW = new Date('2031-12-30T23:30:00Z');
const ORGANIZATION = '018f0000-0000-7000-8000-000000000001';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function connect(): Promise<Client> {
  const connection = new Client({ connectionString: database.url });
  await connection.connect();
  return connection;
}

async function partitions(table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    [`"${table}"`],
  );
  return rows.map((row) => row.name.replaceAll('"', ''));
}

async function insertPayload(id: string): Promise<string> {
  const { rows } = await client.query<{ at: string }>(
    `INSERT INTO "RequestPayload" ("organizationId", "id") VALUES ($1, $2) RETURNING tableoid::regclass::text AS at`,
    [ORGANIZATION, id],
  );
  return rows[0]?.at.replaceAll('"', '') ?? '';
}

const lastIdBefore = (at: Date) => `${firstIdAt(new Date(at.getTime() - 1)).slice(0, 13)}-7fff-bfff-ffffffffffff`;

test('makes months and days ahead, over the end of a year, and rows find them by their id', async () => {
  await ensurePartitions(client, NOW);
  expect(await partitions('RequestLog')).toEqual([
    'RequestLog_2031_12',
    'RequestLog_2032_01',
    'RequestLog_2032_02',
    'RequestLog_default',
  ]);
  expect(await partitions('RequestPayload')).toEqual([
    'RequestPayload_2031_12_30',
    'RequestPayload_2031_12_31',
    'RequestPayload_2032_01_01',
    'RequestPayload_2032_01_02',
    'RequestPayload_default',
  ]);
  const midnight = new Date('2031-12-31T00:00:00Z');
  expect(await insertPayload(lastIdBefore(midnight))).toBe('RequestPayload_2031_12_30');
  expect(await insertPayload(firstIdAt(midnight))).toBe('RequestPayload_2031_12_31');
});

test('is harmless when repeated, and when several processes do it at once', async () => {
  const later = new Date('2032-05-10T00:00:00Z');
  const others = await Promise.all([connect(), connect(), connect()]);
  try {
    await Promise.all(others.map((other) => ensurePartitions(other, later)));
    await ensurePartitions(client, later);
  } finally {
    await Promise.all(others.map((other) => other.end()));
  }
  const found = await partitions('RequestLog');
  expect(found.filter((name) => /2032_0[567]$/.test(name))).toHaveLength(3);
});

test('takes over the rows that the default partition caught while the partition was missing', async () => {
  const late = new Date('2033-03-03T12:00:00Z');
  const id = firstIdAt(late);
  expect(await insertPayload(id)).toBe('RequestPayload_default');
  await ensurePartitions(client, late);
  const { rows } = await client.query(`SELECT tableoid::regclass::text AS at FROM "RequestPayload" WHERE "id" = $1`, [
    id,
  ]);
  expect(rows).toEqual([{ at: '"RequestPayload_2033_03_03"' }]);
});

test('makes those of the past when asked to', async () => {
  await ensurePartitions(client, NOW, new Date('2031-10-31T23:59:59Z'));
  expect(await partitions('RequestLog')).toEqual(expect.arrayContaining(['RequestLog_2031_10', 'RequestLog_2031_11']));
  expect(await partitions('RequestPayload')).toContain('RequestPayload_2031_10_31');
});

test('a partition compresses and indexes like its table', async () => {
  await ensurePartitions(client, NOW);
  const { rows } = await client.query(
    `SELECT attcompression AS c FROM pg_attribute
     WHERE attrelid = '"RequestPayload_2031_12_30"'::regclass AND attname = 'request'
       AND attcompression = (SELECT attcompression FROM pg_attribute
                             WHERE attrelid = '"RequestPayload"'::regclass AND attname = 'request')`,
  );
  expect(rows).toHaveLength(1);
  const indexes = (table: string) => client.query(`SELECT 1 FROM pg_index WHERE indrelid = '"${table}"'::regclass`);
  const ofTable = (await indexes('RequestLog')).rowCount;
  expect(ofTable).toBeGreaterThan(1);
  expect((await indexes('RequestLog_2031_12')).rowCount).toBe(ofTable);
});

test('every time has a first id, also one that no id can hold', () => {
  expect(firstIdAt(new Date(1))).toBe('00000000-0001-0000-0000-000000000000');
  for (const before of [-1, -8.64e15]) expect(firstIdAt(new Date(before))).toBe(firstIdAt(new Date(0)));
  for (const after of [2 ** 48, 8.64e15])
    expect(firstIdAt(new Date(after))).toBe('ffffffff-ffff-0000-0000-000000000000');
});
