import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext } from '@/lib/auth/context';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { encodeOutcome } from './outcome';
import { getPayload } from './payloads';
import { logRecord, ORGANIZATION_ID } from './testing';
import { writeBatch } from './writer-batch';

const ctx = brandContext({ organizationId: ORGANIZATION_ID, userId: ORGANIZATION_ID, role: 'owner' });
const OTHER_ID = '0190a000-0000-7000-8000-000000000002';

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

/** The nth turn of an agent's thread: everything before it, and one message more. */
function turn(n: number, thread = 'a') {
  const messages = Array.from({ length: n }, (_, at) => ({
    role: 'user',
    content: `${thread}${at} ${'ä'.repeat(1500)}`,
  }));
  const request = Buffer.from(JSON.stringify({ model: 'm', system: thread.repeat(9000), messages, stream: true }));
  return logRecord({ payload: { request, response: 'ok', requestHeaders: null, responseHeaders: null } });
}

async function written(on: Client, records: ReturnType<typeof turn>[]): Promise<void> {
  await writeBatch(
    on,
    records.map((record) => encodeOutcome(record)),
  );
}

async function storedBytes(): Promise<number> {
  const { rows } = await client.query(
    `SELECT (SELECT coalesce(sum(octet_length("content") + 32), 0) FROM "PayloadPart")
          + (SELECT coalesce(sum(octet_length("request")), 0) + coalesce(sum(octet_length("requestParts")), 0) FROM "RequestPayload") AS n`,
  );
  return Number(rows[0]?.n);
}

test('a thread of 50 turns is stored in a fifth of its bytes, and each request reads as it was sent', async () => {
  const turns = Array.from({ length: 50 }, (_, n) => turn(n + 1));
  const raw = turns.reduce((sum, { payload }) => sum + (payload?.request?.length ?? 0), 0);
  for (let at = 0; at < turns.length; at += 7) await written(client, turns.slice(at, at + 7));
  expect((await storedBytes()) / raw).toBeLessThan(0.2);
  for (const { id, payload } of turns) expect((await getPayload(ctx, id))?.request).toBe(String(payload?.request));
});

test('another organization reads nothing of it, and stores its own parts', async () => {
  const mine = turn(10, 'b');
  const theirs = { ...turn(10, 'b'), organizationId: OTHER_ID };
  await written(client, [mine, theirs]);
  const other = brandContext({ organizationId: OTHER_ID, userId: OTHER_ID, role: 'owner' });
  expect(await getPayload(other, mine.id)).toBeNull();
  expect((await getPayload(other, theirs.id))?.request).toBe(String(theirs.payload?.request));
  const { rows } = await client.query('SELECT DISTINCT "organizationId" FROM "PayloadPart" ORDER BY 1');
  expect(rows).toEqual([{ organizationId: ORGANIZATION_ID }, { organizationId: OTHER_ID }]);
});

test('parts of a batch that failed are stored with the next', async () => {
  const record = turn(12, 'c');
  const broken = encodeOutcome(turn(13, 'c'));
  const bad = { ...broken, row: { ...broken.row, log: Buffer.from([0, 1, 0, 0, 0, 4, 1, 2, 3, 4]) } };
  await expect(writeBatch(client, [encodeOutcome(record), bad])).rejects.toThrow();
  await written(client, [record]);
  expect((await getPayload(ctx, record.id))?.request).toBe(String(record.payload?.request));
});

test('writers that store the same parts at once do not stand in each other’s way', async () => {
  const clients = await Promise.all(Array.from({ length: 4 }, connect));
  const threads = Array.from({ length: 8 }, (_, n) => `d${n}`);
  const records = clients.map((_, n) =>
    threads.map((_, at) => turn(8 + n, threads[(at + n * 3) % threads.length] ?? 'd')),
  );
  await Promise.all(clients.map((on, n) => written(on, records[n] ?? [])));
  for (const { id, payload } of records.flat())
    expect((await getPayload(ctx, id))?.request).toBe(String(payload?.request));
  await Promise.all(clients.map((on) => on.end()));
});

test('a part that is gone makes the request unknown, never a wrong one', async () => {
  const record = turn(9, 'e');
  await written(client, [record]);
  await client.query(
    `DELETE FROM "PayloadPart" WHERE "digest" IN (SELECT "digest" FROM "PayloadPart" WHERE "content" LIKE '%e3 ä%')`,
  );
  expect((await getPayload(ctx, record.id))?.request).toBeNull();
  expect((await getPayload(ctx, record.id))?.response).toBe('ok');
});
