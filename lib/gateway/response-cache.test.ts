import { afterAll, beforeAll, expect, it } from 'vitest';
import { execute, sql } from '@/lib/db/sql';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { findCached, keepCached, removeExpired } from '@/lib/response-cache/store';
import { auth, DELTAS, END, MESSAGE, okJson, START, setUp } from './test-messages';
import { CALLER, KEY, send, until } from './testing';

/** The exact response cache, through the whole gateway and a real database. */

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function cached() {
  let kept = 0;
  const responseCache = {
    find: findCached,
    keep: async (...args: Parameters<typeof keepCached>) => {
      await keepCached(...args);
      kept++;
    },
  };
  return { over: { responseCache }, kept: () => kept };
}
let serial = 0;
const body = (extra: object = {}) =>
  JSON.stringify({
    model: 'm',
    max_tokens: 1,
    messages: [{ role: 'user', content: `Question ${serial}` }],
    cache_enabled: true,
    ...extra,
  });

it('answers the same question once, and the hit is free and named', async () => {
  serial++;
  const { over, kept } = cached();
  const { provider, gateway, url } = await setUp(okJson, over);
  const first = await send(url, { headers: auth, body: body() });
  await until(() => kept() === 1);
  const second = await send(url, { headers: auth, body: body() });
  expect(provider.received).toHaveLength(1);
  expect(second.body.equals(first.body)).toBe(true);
  expect([first.headers['x-respan-cache'], second.headers['x-respan-cache']]).toEqual([undefined, 'hit']);
  expect(gateway.records[1]).toMatchObject({
    model: 'respan/cache',
    requestedModel: 'm',
    status: 'success',
    usage: null,
    cost: { costNanoUsd: 0n },
    credentialSource: null,
    attempts: [],
  });
  expect(String(gateway.records[1]?.payload?.response)).toBe(JSON.stringify(MESSAGE));
  await send(url, { headers: auth, body: body({ max_tokens: 2 }) });
  await send(url, { headers: auth, body: body({ cache_enabled: false }) });
  expect(provider.received).toHaveLength(3);
});

it('replays a stream as a stream, and translated for the chat path', async () => {
  serial++;
  const whole = [START, ...DELTAS, END].join('');
  const { over, kept } = cached();
  const { provider, gateway, url } = await setUp(
    (_, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole),
    over,
  );
  await send(url, { headers: auth, body: body({ stream: true }) });
  await until(() => kept() === 1);
  const again = await send(url, { headers: auth, body: body({ stream: true }) });
  expect([again.headers['content-type'], again.body.toString()]).toEqual(['text/event-stream', whole]);
  const chat = {
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: body({ model: 'claude-sonnet-5-5', stream: true }),
  };
  const live = await send(`${gateway.url}/api/chat/completions`, chat);
  await until(() => kept() === 2);
  const replayed = await send(`${gateway.url}/api/chat/completions`, chat);
  expect(provider.received).toHaveLength(2);
  const content = (text: string) => [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join('');
  expect(content(replayed.body.toString())).toBe(content(live.body.toString()));
  expect(replayed.body.toString()).toContain('[DONE]');
});

it('keeps no failure and no half of a stream', async () => {
  serial++;
  const { over, kept } = cached();
  const { provider, url } = await setUp((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(START);
  }, over);
  await send(url, { headers: auth, body: body({ stream: true }) });
  await send(url, { headers: auth, body: body({ stream: true }) });
  expect([provider.received.length, kept()]).toEqual([2, 0]);
});

it('tells customers apart, and models together, where asked to', async () => {
  serial++;
  const { over, kept } = cached();
  const { provider, url } = await setUp(okJson, over);
  const by = (customer: string) => body({ customer_identifier: customer, cache_options: { cache_by_customer: true } });
  for (const [index, customer] of ['ada', 'grace', 'ada'].entries()) {
    await send(url, { headers: auth, body: by(customer) });
    await until(() => kept() === Math.min(index + 1, 2));
  }
  expect(provider.received).toHaveLength(2);
  const any = (model: string) => body({ model, cache_options: { is_cached_by_model: false, omit_log: true } });
  await send(url, { headers: auth, body: any('one') });
  await until(() => kept() === 3);
  await send(url, { headers: auth, body: any('two') });
  expect(provider.received).toHaveLength(3);
});

it('tells the models that may answer apart', async () => {
  serial++;
  const { over, kept } = cached();
  let group = [{ model: 'claude-opus-5', weight: 1 }];
  const { provider, url } = await setUp(okJson, { ...over, loadBalanceGroup: async () => group });
  let expected = 0;
  const ask = async (extra: object, isNew: boolean) => {
    await send(url, { headers: auth, body: body(extra) });
    if (isNew) expected++;
    await until(() => kept() === expected);
    expect(provider.received).toHaveLength(expected);
  };
  await ask({}, true);
  await ask({ load_balance_group: { group_id: 'g' } }, true);
  await ask({ load_balance_group: { group_id: 'g' } }, false);
  group = [{ model: 'claude-opus-5', weight: 3 }];
  await ask({ load_balance_group: { group_id: 'g' } }, false);
  group = [{ model: 'claude-sonnet-5-5', weight: 3 }];
  await ask({ load_balance_group: { group_id: 'g' } }, true);
  await ask({ load_balance_group: { models: [{ model: 'claude-haiku-5-5' }] } }, true);
  await ask({ fallback_models: ['claude-opus-5'] }, true);
  await ask({ fallback_models: ['claude-opus-5'], disable_fallback: true }, false);
});

it('gives an answer of another provider in the form it was given in', async () => {
  serial++;
  const { over, kept } = cached();
  const completion = {
    ...{ id: 'c', object: 'chat.completion', model: 'gpt-5', usage: { prompt_tokens: 1, completion_tokens: 1 } },
    choices: [{ index: 0, message: { role: 'assistant', content: 'From OpenAI' }, finish_reason: 'stop' }],
  };
  const { provider, gateway } = await setUp((request, response) => {
    const failed = request.url === '/v1/messages';
    response.writeHead(failed ? 500 : 200, { 'content-type': 'application/json' });
    response.end(failed ? '{}' : JSON.stringify(completion));
  }, over);
  const chat = {
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: body({ model: 'claude-sonnet-5-5', fallback_models: ['gpt-5'] }),
  };
  const live = await send(`${gateway.url}/api/chat/completions`, chat);
  await until(() => kept() === 1);
  const replayed = await send(`${gateway.url}/api/chat/completions`, chat);
  expect(JSON.parse(live.body.toString())).toEqual(completion);
  expect(replayed.body.equals(live.body)).toBe(true);
  expect([provider.received.length, replayed.headers['x-respan-cache']]).toEqual([2, 'hit']);
});

it('never answers one organization with another’s, and forgets in time', async () => {
  const digest = Buffer.alloc(32, 7);
  await keepCached(
    CALLER.organizationId,
    digest,
    { contentType: 'text/plain', provider: null, body: Buffer.from('x') },
    60,
  );
  expect(await findCached('00000000-0000-7000-8000-000000000000', digest)).toBeNull();
  expect((await findCached(CALLER.organizationId, digest))?.body.toString()).toBe('x');
  await execute(sql`UPDATE "CachedResponse" SET "expiresAt" = now() - interval '1 second' WHERE "digest" = ${digest}`);
  expect(await findCached(CALLER.organizationId, digest)).toBeNull();
  expect(await removeExpired()).toBe(1);
});

it('does without it when it can not be read', async () => {
  serial++;
  const responseCache = {
    find: () => Promise.reject(new Error('away')),
    keep: () => Promise.reject(new Error('away')),
  };
  const { gateway, url } = await setUp(okJson, { responseCache });
  expect((await send(url, { headers: auth, body: body() })).status).toBe(200);
  await until(() => gateway.reports.length === 2);
});
