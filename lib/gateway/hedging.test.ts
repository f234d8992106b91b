import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { priceUsage } from '@/lib/pricing/price';
import { type Answer, firstAnswered, hang, inTurn, secondAnswered, secondArrived, soonAfter } from './test-hedging';
import { auth, DELTAS, END, MESSAGE, okJson, START, setUp } from './test-messages';
import { CALLER, credential, KEY, type Received, send, until } from './testing';
import { NO_USAGE } from './usage';

/** A second attempt when the first byte is late, through the whole gateway and with providers that are real servers. */

const MODEL = 'claude-sonnet-5-5';
const body = (extra: object = {}) =>
  JSON.stringify({ model: MODEL, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }], ...extra });
const HEDGED = { hedge: { after_ms: 40 } };
const keyOf = (request: Received) => String(request.headers['x-api-key']).slice(-1);
const fails = (response: ServerResponse, status: number) =>
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end('{"type":"error","error":{"type":"x","message":"y"}}');

const only = credential();
const over = { price: priceUsage, integrationCredentials: async () => [only] };

describe('a hedged call', () => {
  it('takes the second attempt when it answers first, cancels the first, and bills both', async () => {
    const { answer, closed } = inTurn(hang, okJson);
    const { provider, gateway, url } = await setUp(answer, over);
    const response = await send(url, { headers: auth, body: body(HEDGED) });
    expect([response.status, response.body.toString()]).toEqual([200, JSON.stringify(MESSAGE)]);
    expect(provider.received.map((request) => request.body.toString())).toEqual([body(), body()]);
    await until(() => closed[0] === true);
    const record = gateway.records[0];
    expect(gateway.records).toHaveLength(1);
    expect(record?.attempts).toMatchObject([
      { statusCode: null, reason: 'first choice', outcome: 'cancelled, the other attempt answered first' },
      { statusCode: 200, reason: 'hedge, because no first byte came within 40 ms', outcome: 'ok' },
    ]);
    // The cancelled attempt is billed the prompt that the other one reported, and no output.
    expect(record?.usage).toMatchObject({ inputTokens: 20, cacheReadTokens: 6, outputTokens: 5, estimated: true });
    const whole = record?.usage ?? NO_USAGE;
    const prompt = { inputTokens: 10, cacheReadTokens: 3, cacheWrite5mTokens: 2, cacheWrite1hTokens: 5 };
    const price = (outputTokens: number) =>
      priceUsage({ provider: 'anthropic', model: MODEL, usage: { ...whole, ...prompt, outputTokens }, at: new Date() });
    const [answered, cancelled] = [price(5)?.costNanoUsd ?? 0n, price(0)?.costNanoUsd ?? 0n];
    expect(cancelled).toBeGreaterThan(0n);
    expect(record?.cost?.costNanoUsd).toBe(answered + cancelled);
    expect(record?.cost?.modifiers).toContain('includes a cancelled attempt, estimated');
    expect(record?.status).toBe('success');
  });

  it('keeps the first attempt when it answers before the second, as a stream too', async () => {
    const stream = START + DELTAS.join('') + END;
    const { answer, closed } = inTurn(
      soonAfter(secondArrived, (_, response) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream),
      ),
      hang,
    );
    const { gateway, url } = await setUp(answer, over);
    const response = await send(url, { headers: auth, body: body({ ...HEDGED, stream: true }) });
    expect(response.body.toString()).toBe(stream);
    await until(() => closed[1] === true);
    expect(gateway.records[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'cancelled, the other attempt answered first',
    ]);
    expect(gateway.records[0]?.usage).toMatchObject({ inputTokens: 20, outputTokens: 42 });
  });

  it('makes no second attempt when the first byte is in time', async () => {
    const { provider, gateway, url } = await setUp(okJson, over);
    await send(url, { headers: auth, body: body({ hedge: { after_ms: 600 } }) });
    await new Promise((done) => setTimeout(done, 700));
    expect(provider.received).toHaveLength(1);
    expect(gateway.records[0]?.attempts).toMatchObject([{ reason: 'first choice', outcome: 'ok' }]);
    expect(gateway.records[0]?.usage).toMatchObject({ inputTokens: 10, estimated: false });
  });

  it('sends the second attempt with another key of the provider where there is one', async () => {
    const keys = [credential({ id: 'a', secret: 'sk-ant-a' }), credential({ id: 'b', secret: 'sk-ant-b' })];
    const { answer } = inTurn(hang, okJson);
    const { provider, gateway, url } = await setUp(answer, { ...over, integrationCredentials: async () => keys });
    await send(url, { headers: auth, body: body(HEDGED) });
    expect(provider.received.map(keyOf).sort()).toEqual(['a', 'b']);
    const winner = provider.received[1];
    expect(gateway.records[0]?.credentialId).toBe(winner && keyOf(winner));
  });

  it('waits for the second attempt when the first fails meanwhile', async () => {
    const { answer } = inTurn(
      soonAfter(secondArrived, (_, response) => fails(response, 500)),
      soonAfter(firstAnswered, okJson),
    );
    const { gateway, url } = await setUp(answer, over);
    expect((await send(url, { headers: auth, body: body(HEDGED) })).status).toBe(200);
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      attempts: [{ statusCode: 500, outcome: 'the provider answered 500' }, { outcome: 'ok' }],
      usage: { inputTokens: 10, estimated: false },
    });
  });

  it('waits for the first attempt when the second fails, whether it answers or breaks', async () => {
    for (const bad of [
      (response: ServerResponse) => fails(response, 529),
      (response: ServerResponse) => response.destroy(),
    ]) {
      const { answer } = inTurn(soonAfter(secondAnswered, okJson), (_, response) => void bad(response));
      const { gateway, url } = await setUp(answer, over);
      expect((await send(url, { headers: auth, body: body(HEDGED) })).status).toBe(200);
      const [first, second] = gateway.records[0]?.attempts ?? [];
      expect([first?.outcome, second?.reason]).toEqual(['ok', expect.stringMatching(/^hedge/)]);
      expect(gateway.records[0]?.usage).toMatchObject({ inputTokens: 10 });
    }
  });

  it('gives the last failure to the caller when both fail, and moves on to a fallback first', async () => {
    const both = [
      soonAfter(secondArrived, (_, response) => fails(response, 500)),
      soonAfter(firstAnswered, (_, response) => fails(response, 529)),
    ] as const;
    const alone = await setUp(inTurn(...both).answer, over);
    expect((await send(alone.url, { headers: auth, body: body(HEDGED) })).status).toBe(529);
    expect(alone.gateway.records[0]).toMatchObject({ status: 'error', statusCode: 529 });

    const keys = [credential({ id: 'a', secret: 'sk-ant-a' }), credential({ id: 'b', secret: 'sk-ant-b' })];
    const { provider, gateway, url } = await setUp(inTurn(...both, okJson).answer, {
      ...over,
      integrationCredentials: async () => keys,
    });
    const answered = await send(url, {
      headers: auth,
      body: body({ ...HEDGED, fallback_models: ['claude-haiku-4-5'] }),
    });
    expect(answered.status).toBe(200);
    // Both keys had their try: the next step is the other model, not the second key again.
    expect(provider.received).toHaveLength(3);
    expect(gateway.records[0]?.attempts.map(({ reason }) => reason)).toEqual([
      'first choice',
      expect.stringMatching(/^hedge/),
      'fallback, because the provider answered 529',
    ]);
  });

  it('tells of the attempt whose failure the caller got, and keeps its key out of the answer', async () => {
    const keys = [credential({ id: 'a', secret: 'sk-ant-a' }), credential({ id: 'b', secret: 'sk-ant-b' })];
    const quoting: Answer = (request, response) =>
      void response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ type: 'error', error: { type: 'x', message: `bad ${request.headers['x-api-key']}` } }));
    const { answer } = inTurn(soonAfter(secondAnswered, quoting), quoting);
    const { provider, gateway, url } = await setUp(answer, { ...over, integrationCredentials: async () => keys });
    const response = await send(url, { headers: auth, body: body(HEDGED) });
    expect(response.body.toString()).toContain('bad [credential]');
    const [first] = provider.received;
    expect(gateway.records[0]).toMatchObject({ statusCode: 401, credentialId: first && keyOf(first) });
    expect(gateway.records[0]?.errorMessage).toBe('bad [credential]');
  });

  it('keeps the key out of the answer though the attempt that was passed over breaks later', async () => {
    const keys = [credential({ id: 'a', secret: 'sk-ant-a' }), credential({ id: 'b', secret: 'sk-ant-b' })];
    const json = { 'content-type': 'application/json' };
    const broken = soonAfter(secondArrived, (_, response) => {
      response.writeHead(500, { ...json, 'content-length': 9 }).write('{');
      setTimeout(() => response.destroy(), 200);
    });
    const quoting: Answer = async (request, response, turns) => {
      setTimeout(() => response.writeHead(401, json).write('{"error":{"message":"bad '), 160);
      await until(() => firstAnswered(turns));
      setTimeout(() => response.end(`${request.headers['x-api-key']}"}}`), 80);
    };
    const { answer } = inTurn(broken, quoting);
    const { provider, gateway, url } = await setUp(answer, { ...over, integrationCredentials: async () => keys });
    const response = await send(url, { headers: auth, body: body(HEDGED) });
    expect([response.status, response.body.toString()]).toEqual([401, '{"error":{"message":"bad [credential]"}}']);
    const second = provider.received[1];
    expect(gateway.records[0]).toMatchObject({ statusCode: 401, credentialId: second && keyOf(second) });
  });

  it('breaks both connections off when the client leaves, and logs once', async () => {
    const { answer, closed } = inTurn(hang, hang);
    const { provider, gateway, url } = await setUp(answer, over);
    const controller = new AbortController();
    const leaving = fetch(url, { method: 'POST', headers: auth, body: body(HEDGED), signal: controller.signal }).catch(
      () => {},
    );
    await until(() => provider.received.length === 2);
    controller.abort();
    await leaving;
    await until(() => closed[0] === true && closed[1] === true && gateway.records.length === 1);
    expect(gateway.records[0]).toMatchObject({
      status: 'aborted',
      attempts: [{ outcome: 'the client left' }, { outcome: 'the client left' }],
    });
  });

  it('is not made beside a key whose breaker is open', async () => {
    let healthy = false;
    const { provider, url } = await setUp((request, response) => {
      if (healthy) setTimeout(() => okJson(request, response), 150);
      else fails(response, 500);
    }, over);
    for (let call = 0; call < 5; call++) await send(url, { headers: auth, body: body() });
    healthy = true;
    expect((await send(url, { headers: auth, body: body(HEDGED) })).status).toBe(200);
    expect(provider.received).toHaveLength(6);
  });

  it('stays within a tenth of the calls of a key, however slow the provider is', async () => {
    const { provider, url } = await setUp(
      (request, response) => void setTimeout(() => okJson(request, response), 60),
      over,
    );
    for (let call = 0; call < 12; call++) await send(url, { headers: auth, body: body({ hedge: { after_ms: 10 } }) });
    expect(provider.received).toHaveLength(14);
  });
});

describe('hedging', () => {
  it.each([
    ['/api/anthropic/v1/messages/count_tokens', MODEL],
    ['/api/chat/completions', MODEL],
    ['/api/chat/completions', 'gpt-5.1'],
    ['/api/embeddings', 'text-embedding-3-small'],
  ])('serves %s with %s', async (path, model) => {
    const { answer } = inTurn(hang, okJson);
    const { provider, gateway } = await setUp(answer, over);
    const answered = await send(`${gateway.url}${path}`, { headers: auth, body: body({ ...HEDGED, model }) });
    expect([answered.status, provider.received.length]).toEqual([200, 2]);
    expect(gateway.records[0]?.attempts).toHaveLength(2);
  });
});

describe('hedging by key', () => {
  const byKey = { ...over, findCaller: async (key: string) => (key === KEY ? { ...CALLER, hedges: true } : null) };
  /** Slow once twenty calls have told what is usual. */
  const setUpLearned = async (extra: object = {}) => {
    let slow = false;
    const set = await setUp((request, response) => {
      const wait = slow ? 700 : 1;
      slow = false;
      setTimeout(() => okJson(request, response), wait);
    }, byKey);
    for (let call = 0; call < 20; call++) await send(set.url, { headers: auth, body: body(extra) });
    slow = true;
    return set;
  };

  it("hedges a call that is later than the key's own 95th percentile", async () => {
    const { provider, gateway, url } = await setUpLearned();
    await send(url, { headers: auth, body: body() });
    expect(provider.received).toHaveLength(22);
    const record = gateway.records.at(-1);
    expect(record?.attempts[1]?.reason).toMatch(/^hedge, because no first byte came within \d+ ms$/);
    expect(record?.latencyMs).toBeLessThan(600);
    expect(record?.untouched).toBe(true);
  });

  it('lets a call say no', async () => {
    const { provider, url } = await setUpLearned();
    await send(url, { headers: auth, body: body({ hedge: false }) });
    expect(provider.received).toHaveLength(21);
  });
});

describe('what is not hedged', () => {
  it('an endpoint that does something: a batch is made once', async () => {
    const { provider, gateway } = await setUp(
      (request, response) => void setTimeout(() => okJson(request, response), 150),
      over,
    );
    const headers = { ...auth, 'x-data-respan-params': JSON.stringify(HEDGED) };
    await send(`${gateway.url}/api/anthropic/v1/messages/batches`, { headers, body: '{"requests":[]}' });
    expect(provider.received).toHaveLength(1);
    expect(gateway.records[0]?.warnings.join()).toContain('hedge was left out');
  });

  it('a Responses call, which a provider may keep', async () => {
    const { provider, gateway } = await setUp(
      (request, response) => void setTimeout(() => okJson(request, response), 150),
      over,
    );
    await send(`${gateway.url}/api/responses`, { headers: auth, body: body({ ...HEDGED, model: 'gpt-5.1' }) });
    expect(provider.received).toHaveLength(1);
    expect(gateway.records[0]?.warnings.join()).toContain('hedge was left out');
  });

  it.each([{ after_ms: 0 }, { after_ms: 1.5 }, { max: 2 }, { wait: 1 }, 'yes'])('refuses %j', async (hedge) => {
    const { provider, url } = await setUp(okJson, over);
    const answer = await send(url, { headers: auth, body: body({ hedge }) });
    expect([answer.status, provider.received.length]).toEqual([400, 0]);
    expect(answer.body.toString()).toContain('hedge');
  });
});
