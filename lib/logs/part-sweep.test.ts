import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { deleteLog } from './api/change';
import { encodeOutcome } from './outcome';
import { notePartsOf, sweepParts } from './part-sweep';
import { ensurePartitions, firstIdAt } from './partitions';
import { getPayload } from './payloads';
import { logRecord } from './testing';
import { writeBatch } from './writer-batch';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-20T12:00:00Z');

let database: TestDatabase;
let client: Client;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await ensurePartitions(client, NOW, new Date(NOW.getTime() - 40 * DAY_MS));
});
beforeEach(() => {
  ctx = brandContext({ organizationId: randomUUID(), userId: null, role: 'owner' });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** A log of so many days ago, whose request has these messages. @returns its id */
async function log(daysAgo: number, messages: readonly string[], organizationId = ctx.organizationId): Promise<string> {
  const at = new Date(NOW.getTime() - daysAgo * DAY_MS);
  const id = `${firstIdAt(at).slice(0, 13)}-7${randomUUID().slice(15)}`;
  const said = messages.map((name) => ({ role: 'user', content: `${name} ${'x'.repeat(9000)}` }));
  const request = JSON.stringify({ model: 'm', messages: said });
  const payload = { request, response: 'ok', requestHeaders: null, responseHeaders: null };
  await writeBatch(client, [encodeOutcome(logRecord({ id, organizationId, startedAt: at.getTime(), payload }))]);
  return id;
}

async function partsWith(name: string, organizationId = ctx.organizationId): Promise<number> {
  const { rows } = await client.query(
    `SELECT count(*)::int AS n FROM "PayloadPart" WHERE "organizationId" = $1 AND "content" LIKE '%' || $2 || '%'`,
    [organizationId, name],
  );
  return rows[0].n;
}

async function noted(): Promise<number> {
  const { rows } = await client.query('SELECT count(*)::int AS n FROM "PartSweep" WHERE "organizationId" = $1', [
    ctx.organizationId,
  ]);
  return rows[0].n;
}

test('what only a deleted log has said goes, and what others of its day have said stays', async () => {
  const kept = await log(12, ['shared', 'kept']);
  const gone = await log(12, ['shared', 'canary']);
  const stranger = brandContext({ organizationId: randomUUID(), userId: null, role: 'owner' });
  const theirs = await log(12, ['shared', 'canary'], stranger.organizationId);
  await deleteLog(ctx, gone);
  expect(await partsWith('canary')).toBe(1);
  await sweepParts(client, NOW, { paceMs: 0 });
  expect(await partsWith('canary')).toBe(0);
  expect((await getPayload(ctx, kept))?.request).toMatch(/shared.*kept/);
  expect((await getPayload(stranger, theirs))?.request).toMatch(/shared.*canary/);
  expect(await noted()).toBe(0);
});

test('a day that late logs may still come to waits, because writers know which parts are there', async () => {
  const gone = await log(8, ['canary']);
  await deleteLog(ctx, gone);
  await sweepParts(client, NOW, { paceMs: 0 });
  expect(await partsWith('canary')).toBe(1);
  const again = await log(8, ['canary']);
  await sweepParts(client, new Date(NOW.getTime() + 9 * DAY_MS), { paceMs: 0 });
  expect((await getPayload(ctx, again))?.request).toContain('canary');
  expect(await noted()).toBe(0);
});

test('a log without parts notes nothing, and stopping leaves the note for the next time', async () => {
  const at = new Date(NOW.getTime() - 12 * DAY_MS);
  const id = `${firstIdAt(at).slice(0, 13)}-7${randomUUID().slice(15)}`;
  await writeBatch(client, [encodeOutcome(logRecord({ id, organizationId: ctx.organizationId }))]);
  await deleteLog(ctx, id);
  expect(await noted()).toBe(0);
  const gone = await log(12, ['canary']);
  await notePartsOf(ctx, gone, client);
  await deleteLog(ctx, gone);
  expect(await noted()).toBe(1);
  const stopped = new AbortController();
  stopped.abort();
  await sweepParts(client, NOW, { signal: stopped.signal });
  expect(await noted()).toBe(1);
  await sweepParts(client, NOW, { paceMs: 0 });
  expect(await noted()).toBe(0);
  expect(await partsWith('canary')).toBe(0);
});
