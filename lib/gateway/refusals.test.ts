import { describe, expect, it } from 'vitest';
import { auth, closeAfterTest, okJson, setUp } from './test-messages';
import { credential, creditsInMemory, send, startGateway } from './testing';

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
      { credentialHint: 'bbbb', statusCode: 200, reason: 'next key, because the provider answered 529', outcome: 'ok' },
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

  it('a key that the provider quotes reaches only a caller who brought it', async () => {
    const { url } = await setUp((request, response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: `Incorrect key ${request.headers['x-api-key']}` } })),
    );
    const body = { model: 'm', max_tokens: 1, messages: [] };
    const ours = await send(url, { headers: auth, body: JSON.stringify(body) });
    expect(ours.body.toString()).toBe('{"error":{"message":"Incorrect key [credential]"}}');
    const customer_credentials = { anthropic: { api_key: 'sk-ant-theirs' } };
    const theirs = await send(url, { headers: auth, body: JSON.stringify({ ...body, customer_credentials }) });
    expect(theirs.body.toString()).toContain('sk-ant-theirs');
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
      credits: creditsInMemory(5n),
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
    closeAfterTest(gateway.close);
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
