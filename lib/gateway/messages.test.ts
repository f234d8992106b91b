import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { credential, KEY, type Received, send, startGateway, startProvider, until } from './testing';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const auth = { 'x-api-key': KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-5-5',
  content: [{ type: 'text', text: 'Hello there\nsecond line' }],
  stop_reason: 'end_turn',
  usage: {
    input_tokens: 10,
    output_tokens: 5,
    cache_read_input_tokens: 3,
    cache_creation_input_tokens: 7,
    cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 5 },
  },
};
const frame = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const START = frame('message_start', {
  message: { ...MESSAGE, content: [], stop_reason: null, usage: { ...MESSAGE.usage, output_tokens: 1 } },
});
const DELTAS = ['Hel', 'lo th', 'ere'].map((text) =>
  frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
);
const END =
  frame('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 42 } }) +
  frame('message_stop', {});

async function setUp(
  answer: Parameters<typeof startProvider>[0],
  over: Parameters<typeof startGateway>[1] = {},
  timeouts?: Parameters<typeof startGateway>[2],
) {
  const provider = await startProvider(answer);
  const gateway = await startGateway(provider.url, over, timeouts);
  closers.push(gateway.close, provider.close);
  return { provider, gateway, url: `${gateway.url}/api/anthropic/v1/messages` };
}
const okJson = (_: Received, response: import('node:http').ServerResponse) => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'request-id': 'req_1',
    'anthropic-ratelimit-requests-remaining': '9',
  });
  response.end(JSON.stringify(MESSAGE));
};

describe('the request', () => {
  it('reaches the provider byte for byte, whatever its layout', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const body =
      '{\n\t"model": "claude-sonnet-5-5",  "max_tokens":5,"messages":[{"role":"user","content":"\\u00e9 é 漢 \\n"}],"unknown_future_field": {"x":[1.0, 2e3]} }  ';
    const answer = await send(`${url}?beta=true`, {
      headers: { ...auth, 'anthropic-beta': 'a-2025,b-2026', 'x-app': 'cli' },
      body,
    });
    expect(answer.status).toBe(200);
    const [got] = provider.received;
    expect(got?.body.toString()).toBe(body);
    expect(got?.url).toBe('/v1/messages?beta=true');
    expect(got?.headers).toMatchObject({
      'anthropic-beta': 'a-2025,b-2026',
      'x-app': 'cli',
      'anthropic-version': '2023-06-01',
      'x-api-key': 'sk-ant-integration-secret-1234',
    });
    expect(gateway.records[0]).toMatchObject({
      untouched: true,
      alterations: [],
      promptPreview: 'é é 漢',
      replyPreview: 'Hello there',
      credentialSource: 'integration',
      credentialHint: '1234',
    });
  });

  it('does not carry our key, whichever header it came in', async () => {
    const { provider, url } = await setUp(okJson);
    await send(url, {
      headers: {
        authorization: `Bearer ${KEY}`,
        'x-api-key': 'somebody-elses',
        'content-type': 'application/json',
        cookie: 'a=b',
      },
      body: '{"model":"m","max_tokens":1,"messages":[]}',
    });
    expect(JSON.stringify(provider.received[0]?.rawHeaders)).not.toContain(KEY);
    expect(provider.received[0]?.headers.authorization).toBeUndefined();
    expect(provider.received[0]?.headers.cookie).toBeUndefined();
  });

  it('loses exactly the Respan members, and the log says so', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const body =
      '{"model":"claude-x", "customer_credentials":{"anthropic":{"api_key":"sk-ant-customer-9999"}} ,"max_tokens":5,"metadata":{"user_id":"u" , "respan_params":{"customer_identifier":"ada","custom_identifier":7},"extra_headers":{"anthropic-beta":"x-1"}},"messages":[]}';
    await send(url, { headers: { ...auth, 'anthropic-beta': 'y-2' }, body });
    expect(provider.received[0]?.body.toString()).toBe(
      '{"model":"claude-x", "max_tokens":5,"metadata":{"user_id":"u"},"messages":[]}',
    );
    expect(provider.received[0]?.headers['x-api-key']).toBe('sk-ant-customer-9999');
    expect(provider.received[0]?.headers['anthropic-beta']).toBe('y-2,x-1');
    expect(gateway.records[0]).toMatchObject({
      untouched: false,
      credentialSource: 'customer',
      credentialHint: '9999',
      customerIdentifier: 'ada',
      customIdentifier: '7',
    });
    expect(JSON.stringify(gateway.records[0])).not.toContain('sk-ant-customer-9999');
  });

  it('takes parameters from the header too, in base64 or plain', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const params = JSON.stringify({
      customer_identifier: 'h',
      credential_override: { 'claude-x': { api_key: 'sk-ant-over-7777' } },
    });
    for (const value of [params, Buffer.from(params).toString('base64')]) {
      await send(url, {
        headers: { ...auth, 'x-data-respan-params': value },
        body: '{"model":"claude-x","max_tokens":1,"messages":[]}',
      });
    }
    expect(provider.received.map((r) => [r.headers['x-api-key'], r.headers['x-data-respan-params']])).toEqual(
      Array(2).fill(['sk-ant-over-7777', undefined]),
    );
    expect(
      gateway.records.every((r) => r.untouched && r.customerIdentifier === 'h' && r.credentialSource === 'override'),
    ).toBe(true);
  });

  it('gets max_tokens where the caller gave none, and the log notes it', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    await send(url, { headers: auth, body: '{"model":"m","messages":[]}' });
    expect(provider.received[0]?.body.toString()).toBe('{"max_tokens":4096,"model":"m","messages":[]}');
    expect(gateway.records[0]?.alterations).toEqual(['added max_tokens 4096']);
  });

  it('may be compressed', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const body = gzipSync('{"model":"claude-gz","max_tokens":1,"messages":[]}');
    await send(url, { headers: { ...auth, 'content-encoding': 'gzip' }, body });
    expect(provider.received[0]?.body.equals(body)).toBe(true);
    expect(provider.received[0]?.headers['content-encoding']).toBe('gzip');
    expect(gateway.records[0]?.requestedModel).toBe('claude-gz');
  });
});

describe('the answer', () => {
  it('comes back with its bytes and headers, and is metered', async () => {
    const { gateway, url } = await setUp(okJson);
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect(answer.body.toString()).toBe(JSON.stringify(MESSAGE));
    expect(answer.headers).toMatchObject({
      'request-id': 'req_1',
      'anthropic-ratelimit-requests-remaining': '9',
      'x-respan-log-id': gateway.records[0]?.id,
    });
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      statusCode: 200,
      model: 'claude-sonnet-5-5',
      stopReason: 'end_turn',
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        cacheReadTokens: 3,
        cacheWrite5mTokens: 2,
        cacheWrite1hTokens: 5,
        estimated: false,
      },
    });
    expect(gateway.intents).toHaveLength(1);
  });

  it('is metered through compression, its bytes untouched', async () => {
    const zipped = gzipSync(JSON.stringify(MESSAGE));
    const { gateway, url } = await setUp((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(zipped),
    );
    const answer = await send(url, {
      headers: { ...auth, 'accept-encoding': 'gzip' },
      body: '{"model":"m","max_tokens":1,"messages":[]}',
    });
    expect(answer.body.equals(zipped)).toBe(true);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gateway.records[0]?.usage?.outputTokens).toBe(5);
    expect(JSON.parse(gateway.records[0]?.payload?.response ?? '')).toEqual(MESSAGE);
  });

  it('streams untouched, with unknown events, and the log is there before its last event', async () => {
    const whole = [START, frame('some_future_event', { x: 1 }), ': comment\n\n', ...DELTAS, END].join('');
    const { gateway, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      // In pieces that respect no boundary.
      for (let at = 0; at < whole.length; at += 37) response.write(whole.slice(at, at + 37));
      response.end();
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toBe(whole);
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      stream: true,
      replyPreview: 'Hello there',
      attempts: [{ statusCode: 200, outcome: 'ok', reason: 'first choice' }],
    });
    expect(gateway.records[0]?.usage).toMatchObject({
      inputTokens: 10,
      outputTokens: 42,
      cacheWrite1hTokens: 5,
      cacheWrite5mTokens: 2,
      estimated: false,
    });
    expect(gateway.records[0]?.ttftMs).not.toBeNull();
    expect(gateway.records[0]?.payload?.response).toBe(whole);
  });

  it('keeps the provider error as it is', async () => {
    const error = '{"type":"error","error":{"type":"rate_limit_error","message":"slow down"},"request_id":"req_9"}';
    const { gateway, url } = await setUp((_, response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '7', 'x-should-retry': 'true' })
        .end(error),
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect([
      answer.status,
      answer.body.toString(),
      answer.headers['retry-after'],
      answer.headers['x-should-retry'],
    ]).toEqual([429, error, '7', 'true']);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      statusCode: 429,
      errorCause: 'provider',
      errorType: 'rate_limit_error',
      errorMessage: 'slow down',
    });
  });
});

describe('a stream that breaks', () => {
  it('ends with an error event when the provider cuts it, and is billed by estimate', async () => {
    const { gateway, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(START + DELTAS.join(''));
      setTimeout(() => response.destroy(), 20);
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toBe(
      `${START}${DELTAS.join('')}event: error\ndata: {"type":"error","error":{"type":"api_error","message":"The connection to the provider broke."}}\n\n`,
    );
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      errorCause: 'provider',
      usage: { inputTokens: 10, outputTokens: 3, estimated: true },
    });
  });

  it('ends with an error event when the provider ends it early', async () => {
    const { gateway, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${START}event: content_block_del`);
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toContain('\n\nevent: error\n');
    expect(gateway.records[0]).toMatchObject({ status: 'error', errorType: 'stream_cut' });
  });

  it("passes the provider's own error event and logs it as the provider's", async () => {
    const whole = START + frame('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
    const { gateway, url } = await setUp((_, response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole),
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toBe(whole);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      statusCode: 200,
      errorCause: 'provider',
      errorType: 'overloaded_error',
    });
  });

  it('is aborted upstream when the client leaves, and logged once with what is owed', async () => {
    let upstreamClosed = false;
    const { gateway, url } = await setUp((_, response) => {
      response.on('close', () => {
        upstreamClosed = true;
      });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(START + DELTAS.join(''));
    });
    const controller = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: auth,
      body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}',
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    controller.abort();
    await until(() => gateway.records.length > 0 && upstreamClosed);
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]).toMatchObject({
      status: 'aborted',
      statusCode: 499,
      usage: { inputTokens: 10, estimated: true },
    });
  });

  it('is cut off when the provider stalls', async () => {
    const { gateway, url } = await setUp(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(START);
      },
      {},
      { connectMs: 1000, firstByteMs: 1000, idleMs: 1000 },
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toContain('The provider stopped sending in the middle of its answer.');
    expect(gateway.records[0]).toMatchObject({ status: 'error', errorType: 'provider_timeout' });
  });
});

describe('credentials', () => {
  it('another integration key is tried when the first is limited, and both attempts are on the log', async () => {
    const first = credential({ secret: 'sk-ant-aaaa', weight: 1_000_000_000 });
    const second = credential({ secret: 'sk-ant-bbbb', weight: 0.000_001 });
    const { gateway, url } = await setUp(
      (request, response) =>
        request.headers['x-api-key'] === 'sk-ant-aaaa'
          ? response.writeHead(529, { 'content-type': 'application/json' }).end('{}')
          : okJson(request, response),
      { integrationCredentials: async () => [first, second] },
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect(answer.status).toBe(200);
    expect(gateway.records[0]?.attempts).toMatchObject([
      { credentialHint: 'aaaa', statusCode: 529, reason: 'first choice' },
      { credentialHint: 'bbbb', statusCode: 200, reason: 'fallback, because the provider answered 529', outcome: 'ok' },
    ]);
  });

  it('a key of the request never falls to another one', async () => {
    const { provider, url } = await setUp((_, response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'),
    );
    const answer = await send(url, {
      headers: auth,
      body: '{"model":"m","max_tokens":1,"messages":[],"customer_credentials":{"anthropic":{"api_key":"sk-ant-wrong"}}}',
    });
    expect(answer.status).toBe(401);
    expect(provider.received).toHaveLength(1);
  });

  it('without any, the answer is 402 and names the ways out, and is logged', async () => {
    const { gateway, url, provider } = await setUp(okJson, { integrationCredentials: async () => [] });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect(answer.status).toBe(402);
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      type: 'error',
      error: { type: 'billing_error', message: expect.stringContaining('Integrations page') },
    });
    expect(gateway.records[0]).toMatchObject({ status: 'error', statusCode: 402, errorCause: 'limit' });
    expect(provider.received).toHaveLength(0);
  });

  it('credits pay only for what can be priced, and never for stored files', async () => {
    const platform = credential({ source: 'credits', id: null });
    const over = {
      integrationCredentials: async () => [],
      platformCredential: () => platform,
      creditBalance: async () => 5n,
    };
    const { gateway, url } = await setUp(okJson, over);
    const unpriced = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect([unpriced.status, unpriced.body.toString()]).toEqual([
      402,
      expect.stringContaining('price of m is not known'),
    ]);
    const files = await send(`${gateway.url}/api/anthropic/v1/files`, { method: 'GET', headers: auth });
    expect([files.status, files.body.toString()]).toEqual([
      402,
      expect.stringContaining("Credits don't pay for this endpoint"),
    ]);
  });
});

describe('refusals', () => {
  it.each([
    ['no key', {}, '{}', 401, 'Authentication credentials were not provided.'],
    [
      'a wrong key',
      { 'x-api-key': 'nope' },
      '{}',
      401,
      'Your API key is invalid or expired, please check your API key at http://respan.test/settings/api-keys',
    ],
    ['broken JSON', auth, '{"model":', 400, 'Invalid request format: the request body is not valid JSON.'],
    ['a JSON list', auth, '[1]', 400, 'Invalid request format: the request body must be a JSON object.'],
    [
      'bad parameters',
      auth,
      '{"model":"m","customer_credentials":{"anthropic":{"api_key":42}}}',
      400,
      expect.stringContaining('customer_credentials'),
    ],
    [
      'an own address',
      auth,
      '{"model":"m","credential_override":{"m":{"api_key":"k","api_base":"http://10.0.0.1"}}}',
      400,
      expect.stringContaining('api_base is not supported'),
    ],
    ['a body over the limit', auth, `{"x":"${'y'.repeat(1024 * 1024)}"}`, 413, 'The request body is larger than 1 MB.'],
  ])('%s', async (_, headers, body, status, message) => {
    const { gateway, url } = await setUp(okJson);
    const answer = await send(url, { headers, body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ type: 'error', error: { message } });
    expect(answer.headers['x-respan-log-id']).toBeTruthy();
    expect(gateway.records).toHaveLength(status === 401 ? 0 : 1);
  });

  it('a provider that is down is a 502 of the provider', async () => {
    const gateway = await startGateway('http://127.0.0.1:9');
    closers.push(gateway.close);
    const answer = await send(`${gateway.url}/api/anthropic/v1/messages`, {
      headers: auth,
      body: '{"model":"m","max_tokens":1,"messages":[]}',
    });
    expect([answer.status, JSON.parse(answer.body.toString()).error.message]).toEqual([
      502,
      'The provider could not be reached (ECONNREFUSED).',
    ]);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      statusCode: 502,
      errorCause: 'provider',
      attempts: [{ statusCode: null }],
    });
  });

  it('a journal that is full stops the call before it costs anything', async () => {
    const { provider, url } = await setUp(okJson, {
      journal: {
        intend: () => {
          throw new Error('disk full');
        },
        settle: () => {},
      },
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect([answer.status, provider.received.length]).toEqual([503, 0]);
  });
});
