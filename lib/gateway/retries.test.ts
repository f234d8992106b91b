import { describe, expect, it } from 'vitest';
import { auth, okJson, setUp } from './test-messages';
import { credential, type Received, send, until } from './testing';

/** Retries, keys in rotation and the breakers, through the whole gateway. */

const FAILS = { 'content-type': 'application/json' };
const body = (extra: object = {}) =>
  JSON.stringify({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }], ...extra });
const keyOf = (request: Received) => String(request.headers['x-api-key']).slice(-1);

/** Answers with these statuses in turn, and well after the last. */
function failing(...statuses: number[]): Parameters<typeof setUp>[0] {
  const left = [...statuses];
  return (request, response) => {
    const status = left.shift();
    if (status === undefined) okJson(request, response);
    else if (status === 0) response.destroy();
    else response.writeHead(status, FAILS).end('{"type":"error","error":{"type":"x","message":"y"}}');
  };
}

describe('retries', () => {
  it('happen only when asked for', async () => {
    const { provider, url } = await setUp(failing(500));
    expect((await send(url, { headers: auth, body: body() })).status).toBe(500);
    expect(provider.received).toHaveLength(1);
  });

  it('go on until the call succeeds, and every try is on the log', async () => {
    const { provider, gateway, url } = await setUp(failing(529, 0, 429));
    const answer = await send(url, {
      headers: auth,
      body: body({ retry_params: { retry_enabled: true, num_retries: 3, retry_after: 0.01 } }),
    });
    expect(answer.status).toBe(200);
    expect(provider.received).toHaveLength(4);
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]?.attempts.map((attempt) => [attempt.statusCode, attempt.reason])).toEqual([
      [529, 'first choice'],
      [null, 'retry, because the provider answered 529'],
      [429, 'retry, because The connection to the provider broke.'],
      [200, 'retry, because the provider answered 429'],
    ]);
    // The provider never sees that it is asked for by a retrying gateway.
    expect(new Set(provider.received.map((request) => request.body.toString()))).toEqual(new Set([body()]));
  });

  it('give the last failure to the caller when none succeeds', async () => {
    const { provider, url } = await setUp(failing(500, 500, 503));
    const answer = await send(url, {
      headers: auth,
      body: body({ retry_params: { num_retries: 2, retry_after: 0.01 } }),
    });
    expect([answer.status, provider.received.length]).toEqual([503, 3]);
  });

  it('are not made for what the caller got wrong', async () => {
    const { provider, url } = await setUp(failing(400));
    await send(url, { headers: auth, body: body({ retry_params: { retry_after: 0.01 } }) });
    expect(provider.received).toHaveLength(1);
  });

  it('stop when the client leaves during the wait', async () => {
    const { provider, gateway, url } = await setUp(failing(500));
    const controller = new AbortController();
    const leaving = fetch(url, {
      method: 'POST',
      headers: auth,
      body: body({ retry_params: { retry_after: 5 } }),
      signal: controller.signal,
    }).catch(() => {});
    await until(() => provider.received.length === 1);
    setTimeout(() => controller.abort(), 50);
    await leaving;
    await until(() => gateway.records.length === 1);
    expect(gateway.records[0]).toMatchObject({ status: 'aborted', attempts: [{ statusCode: 500 }] });
    expect(provider.received).toHaveLength(1);
  });

  it.each([{ num_retries: 0 }, { retry_after: -1 }, { wait: 1 }])('refuse %j', async (retry_params) => {
    const { provider, url } = await setUp(okJson);
    const answer = await send(url, { headers: auth, body: body({ retry_params }) });
    expect([answer.status, provider.received.length]).toEqual([400, 0]);
  });
});

describe('several keys', () => {
  const keys = [credential({ id: 'a', secret: 'sk-ant-a' }), credential({ id: 'b', secret: 'sk-ant-b' })];
  const over = { integrationCredentials: async () => keys };

  it('a conversation stays with one key, and conversations spread over all', async () => {
    const { provider, url } = await setUp(okJson, over);
    const used = new Map<string, Set<string>>();
    for (let conversation = 0; conversation < 12; conversation++) {
      for (let turn = 0; turn < 3; turn++) {
        const messages = [
          { role: 'user', content: `Conversation ${conversation}` },
          ...Array(turn).fill({ role: 'user', content: 'More' }),
        ];
        await send(url, { headers: auth, body: body({ messages }) });
        const key = provider.received.at(-1);
        if (key) used.set(`${conversation}`, (used.get(`${conversation}`) ?? new Set()).add(keyOf(key)));
      }
    }
    expect([...used.values()].every((set) => set.size === 1)).toBe(true);
    expect(new Set([...used.values()].flatMap((set) => [...set]))).toEqual(new Set(['a', 'b']));
  });

  it('a thread or a user decides before the text does', async () => {
    const { provider, url } = await setUp(okJson, over);
    for (let turn = 0; turn < 8; turn++) {
      await send(url, {
        headers: auth,
        body: body({ metadata: { user_id: 'u' }, messages: [{ role: 'user', content: `Text ${turn}` }] }),
      });
      await send(url, {
        headers: auth,
        body: body({ thread_identifier: 't', messages: [{ role: 'user', content: `Text ${turn}` }] }),
      });
    }
    const of = (parity: number) => new Set(provider.received.filter((_, index) => index % 2 === parity).map(keyOf));
    expect([of(0).size, of(1).size]).toEqual([1, 1]);
  });

  it('a key that keeps failing goes to the back until it recovers', async () => {
    const { provider, gateway, url } = await setUp(
      (request, response) =>
        keyOf(request) === 'a' ? response.writeHead(500, FAILS).end('{}') : okJson(request, response),
      over,
    );
    for (let call = 0; call < 40; call++)
      await send(url, { headers: auth, body: body({ messages: [{ role: 'user', content: `Call ${call}` }] }) });
    expect(gateway.records.every((record) => record.status === 'success')).toBe(true);
    expect(provider.received.filter((request) => keyOf(request) === 'a')).toHaveLength(5);
  });
});
