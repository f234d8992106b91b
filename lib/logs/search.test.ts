import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { listLogs } from './queries';
import { logFilters } from './schema';
import { type LogStore, openLogStore } from './store';
import { logRecord } from './testing';

let database: TestDatabase;
let ctx: Context;
let store: LogStore;
let dir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'respan-search-'));
  store = await openLogStore({ databaseUrl: database.url, dir, report: () => {} });
});
afterAll(async () => {
  await store.close();
  await database.drop();
  await rm(dir, { recursive: true });
});
beforeEach(() => {
  ctx = brandContext({ organizationId: uuidv7(), userId: null, role: 'viewer' });
});

/** Writes a call as the gateway would. @returns its id */
async function log(prompt: string, reply: string, preview = 'first line'): Promise<string> {
  const id = uuidv7();
  const request = JSON.stringify({ messages: [{ role: 'user', content: prompt }] });
  const response = JSON.stringify({ role: 'assistant', content: [{ type: 'text', text: reply }] });
  const payload = { request, response, requestHeaders: {}, responseHeaders: {} };
  const { organizationId } = ctx;
  store.journal.settle(logRecord({ id, organizationId, promptPreview: preview, replyPreview: null, payload }));
  await store.flush();
  return id;
}

async function search(url: Record<string, string>, who = ctx) {
  return listLogs(who, logFilters.parse({ environment: 'production', ...url }));
}

test('first lines are searched without regard to case, together with filters', async () => {
  const id = await log('a', 'b', 'Where is the Golden Gate?');
  await log('a', 'b', 'Something else');
  expect((await search({ q: 'golden gate' })).rows.map((row) => row.id)).toEqual([id]);
  expect((await search({ q: 'golden gate', model: 'another' })).rows).toEqual([]);
  expect((await search({ q: '100%_\\' })).rows).toEqual([]);
});

test('what no text of a log holds is looked for as it would be stored', async () => {
  const id = await log('line\nsecond \0 line', 'b', 'a \0 b');
  expect((await search({ q: 'a \0 B' })).rows.map((row) => row.id)).toEqual([id]);
  expect((await search({ q: 'second \0', in: 'bodies' })).rows.map((row) => row.id)).toEqual([id]);
  expect((await search({ q: '\ud800' })).rows.map((row) => row.id)).toEqual([id]);
});

test('bodies are searched as they read, past the first lines', async () => {
  const prompt = await log('Line one\nthe Zürich office "quoted"', 'Fine');
  const reply = await log('Line one', 'It is in Winterthur');
  expect((await search({ q: 'zürich office "quoted"' })).rows).toEqual([]);
  expect((await search({ q: 'ZÜRICH office "quoted"', in: 'bodies' })).rows.map((row) => row.id)).toEqual([prompt]);
  expect((await search({ q: 'winterthur', in: 'bodies' })).rows.map((row) => row.id)).toEqual([reply]);
  expect((await search({ q: 'content', in: 'bodies' })).rows).toEqual([]);
});

test('pages of a search hold every log once', async () => {
  for (let i = 0; i < 60; i++) await log('needle', `reply ${i}`, i % 2 ? 'needle' : 'hay');
  const seen: string[] = [];
  let older: string | null = null;
  do {
    const page = await search({ q: 'needle', in: 'bodies', ...(older ? { older } : {}) });
    seen.push(...page.rows.map(({ id }) => id));
    older = page.older;
  } while (older);
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
  expect(await search({ q: 'needle' })).toMatchObject({ older: null });
});

test('another organization finds nothing', async () => {
  await log('secret word', 'secret word', 'secret word');
  const other = brandContext({ organizationId: uuidv7(), userId: null, role: 'owner' });
  expect((await search({ q: 'secret' }, other)).rows).toEqual([]);
  expect((await search({ q: 'secret', in: 'bodies' }, other)).rows).toEqual([]);
});
