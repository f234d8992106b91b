import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { execute, sql } from '@/lib/db/sql';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { redacted } from './redacted';
import { deleteView, listViews, saveView } from './saved-views';
import { listShares, resolveShare, revokeShare, shareLog } from './shares';
import { type LogStore, openLogStore } from './store';
import { logRecord } from './testing';
import { getThread } from './thread';
import { viewLog } from './view';

const DAY_MS = 86_400_000;
let database: TestDatabase;
let store: LogStore;
let dir: string;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'respan-shares-'));
  store = await openLogStore({ databaseUrl: database.url, dir, report: () => {} });
});
afterAll(async () => {
  await store.close();
  await database.drop();
  await rm(dir, { recursive: true });
});
beforeEach(async () => {
  ctx = await member();
});

async function member(role: Context['role'] = 'developer', organizationId?: string): Promise<Context> {
  const id = organizationId ?? uuidv7();
  if (!organizationId) await db().organization.create({ data: { id, name: 'Acme' } });
  return brandContext({ organizationId: id, userId: uuidv7(), role });
}

async function log(given: Partial<Parameters<typeof logRecord>[0]> = {}): Promise<string> {
  const record = logRecord({ organizationId: ctx.organizationId, ...given });
  store.journal.settle(record);
  await store.flush();
  return record.id;
}

test('a link shows its log until it is over or taken back, and its secret is kept nowhere', async () => {
  const id = await log();
  const { share, secret } = await shareLog(ctx, id, 7);
  expect(await resolveShare(secret)).toMatchObject({ organizationId: ctx.organizationId, logId: id });
  expect(await resolveShare(secret, new Date(Date.now() + 8 * DAY_MS))).toBeNull();
  expect(await resolveShare(secret.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBeNull();
  expect(await resolveShare('nonsense')).toBeNull();
  const stored = await db().logShare.findFirst({ where: { id: share.id } });
  expect(JSON.stringify(stored)).not.toContain(secret);
  expect(Buffer.from(stored?.secretHash ?? []).toString('latin1')).not.toContain(secret);
  expect(await listShares(ctx, id)).toHaveLength(1);
  await revokeShare(ctx, share.id);
  expect(await resolveShare(secret)).toBeNull();
  expect(await listShares(ctx, id)).toEqual([]);
});

test('another organization and viewers neither share, list nor take back', async () => {
  const id = await log();
  const { share, secret } = await shareLog(ctx, id, 1);
  const stranger = await member('owner');
  await expect(shareLog(stranger, id, 1)).rejects.toMatchObject({ code: 'not_found' });
  await expect(revokeShare(stranger, share.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await listShares(stranger, id)).toEqual([]);
  await expect(shareLog(await member('viewer', ctx.organizationId), id, 1)).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await resolveShare(secret)).not.toBeNull();
});

test('what a stranger sees holds no header, metadata, identifier, credential or raw body', async () => {
  const id = await log({
    customerIdentifier: 'canary-customer',
    threadIdentifier: 'canary-thread',
    customIdentifier: 'canary-custom',
    metadata: { token: 'canary-metadata', respan_fields: { note: 'canary-note' } },
    credentialHint: 'cnry',
    errorMessage: 'canary-error',
    alterations: ['canary-alteration'],
    payload: {
      request: JSON.stringify({ messages: [{ role: 'user', content: 'Seen' }], api_key: 'canary-body' }),
      response: 'canary-unknown-shape',
      requestHeaders: { 'x-team': 'canary-header' },
      responseHeaders: { 'x-id': 'canary-answer' },
    },
  });
  const seen = JSON.stringify(redacted(await viewLog(ctx, id)));
  expect(seen).toContain('Seen');
  expect(seen).not.toMatch(/canary|cnry/);
});

test('nor does it hold what a failure said, as a body or as a first line', async () => {
  const said = { error: { type: 'authentication_error', message: 'canary-provider-said' } };
  const id = await log({
    status: 'error',
    statusCode: 401,
    errorCause: 'provider',
    errorMessage: 'canary-error',
    replyPreview: 'canary-reply-preview',
    payload: {
      request: JSON.stringify({ messages: [{ role: 'user', content: 'Seen' }] }),
      response: JSON.stringify(said),
      requestHeaders: {},
      responseHeaders: {},
    },
  });
  const view = await viewLog(ctx, id);
  expect(JSON.stringify(view.conversation)).toContain('canary-provider-said');
  const seen = redacted(view);
  expect(JSON.stringify(seen)).toContain('Seen');
  expect(JSON.stringify(seen)).not.toContain('canary');
  expect(seen.conversation.reply).toEqual([]);
});

test('nor what the logging API took in a shape of its own', async () => {
  const id = await log({
    promptPreview: 'canary-prompt-preview',
    payload: {
      request: JSON.stringify({ input: { account: 'canary-free-input' }, output: { total: 'canary-free-output' } }),
      response: null,
      requestHeaders: {},
      responseHeaders: {},
    },
  });
  const view = await viewLog(ctx, id);
  expect(JSON.stringify(view.conversation)).toMatch(/canary-free-input.*canary-free-output/);
  expect(JSON.stringify(redacted(view))).not.toContain('canary');
});

test('nor such values within the result of a tool, whose texts stay', async () => {
  const results = [
    { type: 'tool_result', tool_use_id: 'a', content: { row: 'canary-result' } },
    { type: 'tool_result', tool_use_id: 'b', content: [{ text: 'Sunny' }, { row: 'canary-part' }] },
  ];
  const id = await log({
    payload: {
      request: JSON.stringify({ messages: [{ role: 'user', content: results }] }),
      response: null,
      requestHeaders: {},
      responseHeaders: {},
    },
  });
  const view = await viewLog(ctx, id);
  expect(JSON.stringify(view.conversation)).toMatch(/canary-result.*canary-part/);
  const seen = JSON.stringify(redacted(view));
  expect(seen).toContain('Sunny');
  expect(seen).not.toContain('canary');
});

test('views are a person’s own unless shared, and only theirs or an admin’s to delete', async () => {
  const colleague = await member('viewer', ctx.organizationId);
  const own = await saveView(ctx, { name: 'Mine', search: 'status=error', shared: false });
  const shared = await saveView(ctx, { name: 'Ours', search: 'range=7d', shared: true });
  expect(await listViews(ctx)).toEqual([own, shared]);
  expect(await listViews(colleague)).toEqual([{ ...shared, own: false }]);
  expect(await listViews(await member('owner'))).toEqual([]);
  await expect(saveView(colleague, { name: 'x', search: '', shared: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  for (const who of [colleague, await member('owner')])
    await expect(deleteView(who, shared.id)).rejects.toMatchObject({ code: 'not_found' });
  const admin = await member('admin', ctx.organizationId);
  await expect(deleteView(admin, own.id)).rejects.toMatchObject({ code: 'not_found' });
  await deleteView(admin, shared.id);
  await deleteView(ctx, own.id);
  expect(await saveView(ctx, { name: 'a\0b', search: 'q=\0', shared: false })).toMatchObject({ name: 'a\ufffdb' });
  for (const { id, own } of await listViews(ctx)) if (own) await deleteView(ctx, id);
  expect(await listViews(ctx)).toEqual([]);
});

test('a thread is what each call added, with the cost so far', async () => {
  const said: { role: string; content: string }[] = [];
  for (const turn of ['one', 'two']) {
    said.push({ role: 'user', content: `question ${turn}` });
    const request = JSON.stringify({ system: 'Be brief', messages: said });
    const response = JSON.stringify({ role: 'assistant', content: [{ type: 'text', text: `answer ${turn}` }] });
    await log({
      threadIdentifier: 'talk/1',
      payload: { request, response, requestHeaders: {}, responseHeaders: {} },
    });
    said.push({ role: 'assistant', content: `answer ${turn}` });
  }
  const thread = await getThread(ctx, 'talk/1');
  expect(thread).toMatchObject({ calls: 2, unpricedCalls: 0, costNanoUsd: '2100000' });
  expect(thread?.steps.map(({ costSoFarNanoUsd }) => costSoFarNanoUsd)).toEqual(['1050000', '2100000']);
  expect(thread?.steps.map(({ added }) => added)).toEqual([
    [{ role: 'user', blocks: [{ type: 'text', text: 'question one' }] }],
    [{ role: 'user', blocks: [{ type: 'text', text: 'question two' }] }],
  ]);
  const unpriced = { threadIdentifier: 'long', cost: null, payload: null };
  await Promise.all(Array.from({ length: 3 }, () => log(unpriced)));
  for (let at = 0; at < 60; at++)
    store.journal.settle(logRecord({ organizationId: ctx.organizationId, threadIdentifier: 'long' }));
  await store.flush();
  const long = await getThread(ctx, 'long');
  // The sums are of all of it, whatever is shown.
  expect(long).toMatchObject({ calls: 63, unpricedCalls: 3, costNanoUsd: String(60 * 1_050_000) });
  expect(long?.steps).toHaveLength(60);
  expect(long?.steps[0]?.costSoFarNanoUsd).toBe('1050000');
  expect(long?.steps.at(-1)?.costSoFarNanoUsd).toBe(long?.costNanoUsd);
  const blocked = inTransaction(async (on) => {
    await execute(sql`LOCK TABLE "RequestLog" IN ACCESS EXCLUSIVE MODE`, on);
    return getThread(ctx, 'long');
  });
  await expect(blocked).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await getThread(await member(), 'talk/1')).toBeNull();
  expect(await getThread(ctx, 'no\0such')).toBeNull();
});
