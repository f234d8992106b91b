import { describe, expect, it } from 'vitest';
import { auth, json, setUp } from './test-openai';
import { credential, creditsInMemory, send } from './testing';

/** Responses that a provider keeps: read, listed, cancelled and deleted where they are. */

const RESPONSE = {
  ...{ id: 'resp_1', object: 'response', model: 'gpt-5.1', status: 'completed' },
  output: [
    { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] },
  ],
  usage: { input_tokens: 10, output_tokens: 3, input_tokens_details: { cached_tokens: 0 } },
};

const connected = (...ids: string[]) => ({
  integrationCredentials: async (_: string, id: string) =>
    ids.includes(id)
      ? [credential({ provider: id, secret: `sk-${id}-secret-1234`, availableModels: ['gpt-5.1'] })]
      : [],
});

it('reach the only provider that can keep them, with the official SDK, and are not billed again', async () => {
  const { provider, gateway, client } = await setUp(json(RESPONSE));
  Object.assign(gateway.ports, connected('openai', 'anthropic'));
  expect((await client.responses.retrieve('resp_1', { include: ['reasoning.encrypted_content'] })).output_text).toBe(
    'Hi',
  );
  await client.responses.cancel('resp_1');
  await client.responses.inputItems.list('resp_1', { limit: 2 });
  await client.responses.delete('resp_1');
  expect(provider.received.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)).toEqual([
    'GET /openai/responses/resp_1?include[]=reasoning.encrypted_content',
    'POST /openai/responses/resp_1/cancel',
    'GET /openai/responses/resp_1/input_items?limit=2',
    'DELETE /openai/responses/resp_1',
  ]);
  expect(provider.received[0]?.headers.authorization).toBe('Bearer sk-openai-secret-1234');
  for (const record of gateway.records)
    expect(record).toMatchObject({
      status: 'success',
      logType: 'passthrough',
      provider: 'openai',
      usage: null,
      cost: null,
    });
});

it.each(['..', '%2e%2e', '..%2Ffiles', 'resp_1/other', ''])('%s is no response', async (id) => {
  const { provider, gateway } = await setUp(json(RESPONSE));
  await send(`${gateway.url}/api/responses/${id}`, { method: 'GET', headers: auth });
  expect(provider.received).toEqual([]);
});

it('stream as they did', async () => {
  const stream = `event: response.completed\ndata: ${JSON.stringify({ type: 'response.completed', response: RESPONSE })}\n\n`;
  const { gateway } = await setUp((_, response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream),
  );
  const answer = await send(`${gateway.url}/api/responses/resp_1?stream=true`, { method: 'GET', headers: auth });
  expect(answer.body.toString()).toBe(stream);
  expect(gateway.records[0]).toMatchObject({ status: 'success', usage: null });
});

describe('where several providers may keep it', () => {
  const call = async (path: string, headers: object = {}, method = 'GET') => {
    const { provider, gateway } = await setUp(json(RESPONSE), [{}]);
    const answer = await send(`${gateway.url}${path}`, { method, headers: { ...auth, ...headers } });
    const detail: unknown = JSON.parse(answer.body.toString()).detail;
    return { status: answer.status, detail, urls: provider.received.map(({ url }) => url) };
  };

  it.each([
    ['the header', '/api/responses/resp_1', { 'x-respan-route-provider': 'my-llama' }, '/custom/v1/responses/resp_1'],
    ['the path', '/api/responses/my-llama/resp_1/input_items', {}, '/custom/v1/responses/resp_1/input_items'],
    ['the path without /api', '/responses/openai/resp_1', {}, '/openai/responses/resp_1'],
    [
      'the header before the path',
      '/api/responses/openai/r',
      { 'x-respan-route-provider': 'my-llama' },
      '/custom/v1/responses/r',
    ],
  ])('%s says which', async (_, path, headers, url) => {
    expect(await call(path, headers)).toMatchObject({ status: 200, urls: [url] });
  });

  it.each([
    [
      'nothing',
      '/api/responses/resp_1',
      {},
      400,
      'Several providers may keep this response. Name one in the header X-Respan-Route-Provider: openai, my-llama.',
    ],
    [
      'a name nobody has',
      '/api/responses/acme/resp_1',
      {},
      404,
      'acme is not a provider here, so there is no response of its.',
    ],
    [
      'a provider that has no such endpoint',
      '/api/responses/anthropic/resp_1',
      {},
      404,
      'Anthropic has no Responses endpoint, so it keeps none.',
    ],
  ])('and %s is said, that is told', async (_, path, headers, status, detail) => {
    expect(await call(path, headers)).toEqual({ status, detail, urls: [] });
  });
});

describe('several keys of the provider', () => {
  const keys = ['a', 'b', 'c'].map((id) => credential({ id, provider: 'openai', secret: `sk-${id}` }));
  const several = { integrationCredentials: async (_: string, id: string) => (id === 'openai' ? keys : []) };
  const read = (url: string, method = 'GET') => send(`${url}/api/responses/resp_1`, { method, headers: auth });

  it('are tried in the same order by each call, until one has it', async () => {
    const { provider, gateway } = await setUp((request, response) => {
      const found = request.headers.authorization === 'Bearer sk-b';
      json(found ? RESPONSE : { error: { message: 'Not found' } }, found ? 200 : 404)(request, response);
    });
    Object.assign(gateway.ports, several);
    for (const method of ['GET', 'DELETE', 'GET', 'GET']) expect((await read(gateway.url, method)).status).toBe(200);
    const tried = gateway.records.map(({ attempts }) => attempts.map(({ credentialId }) => credentialId).join());
    expect(new Set(tried).size).toBe(1);
    expect(provider.received.length).toBe(4 * (gateway.records[0]?.attempts.length ?? 0));
    expect(gateway.records[0]).toMatchObject({ status: 'success', credentialId: 'b' });
  });

  it('are each asked once where none has it, and the last one answers', async () => {
    const { provider, gateway } = await setUp(json({ error: { message: 'Not found' } }, 404));
    Object.assign(gateway.ports, several);
    const retry = { 'x-data-respan-params': '{"retry_params":{"num_retries":3,"retry_after":0.01}}' };
    const answer = await send(`${gateway.url}/api/responses/resp_1`, { method: 'GET', headers: { ...auth, ...retry } });
    expect([answer.status, answer.body.toString()]).toEqual([404, '{"error":{"message":"Not found"}}']);
    expect(provider.received.map(({ headers }) => headers.authorization).sort()).toEqual(
      keys.map(({ secret }) => `Bearer ${secret}`),
    );
  });

  it('are no reason to ask another one for a model that the first does not know', async () => {
    const { provider, gateway } = await setUp(json({ error: { message: 'Not found' } }, 404));
    Object.assign(gateway.ports, several);
    await send(`${gateway.url}/api/responses`, { headers: auth, body: '{"model":"gpt-5.1","input":"Hi"}' });
    expect(provider.received).toHaveLength(1);
  });
});

it.each([
  ['a key of weight 0', { weight: 0 }],
  ['a simulated one beside a real one', { simulated: true }],
])('are not looked for where there is only %s', async (_, over) => {
  const { provider, gateway } = await setUp(json(RESPONSE), [{}]);
  Object.assign(gateway.ports, {
    integrationCredentials: async (_: string, id: string) => [
      credential({ provider: id, ...(id === 'my-llama' ? over : {}) }),
    ],
  });
  const answer = await send(`${gateway.url}/api/responses/resp_1`, { method: 'GET', headers: auth });
  expect([answer.status, provider.received[0]?.url]).toEqual([200, '/openai/responses/resp_1']);
});

it('are the simulator’s where nothing else is connected', async () => {
  const { gateway } = await setUp(json(RESPONSE));
  Object.assign(gateway.ports, {
    integrationCredentials: async (_: string, id: string) =>
      id === 'openai' ? [credential({ provider: id, simulated: true })] : [],
  });
  const answer = await send(`${gateway.url}/api/responses/resp_1`, { method: 'GET', headers: auth });
  expect(answer.status).toBe(200);
});

it('are nobody’s where no key but the platform’s would pay', async () => {
  const { provider, gateway } = await setUp(json(RESPONSE));
  Object.assign(gateway.ports, connected(), {
    platformCredential: () => credential({ source: 'credits', provider: 'openai' }),
    credits: creditsInMemory(1n),
  });
  for (const [headers, status] of [
    [{}, 404],
    [{ 'x-respan-route-provider': 'openai' }, 402],
  ] as const) {
    const answer = await send(`${gateway.url}/api/responses/resp_1`, {
      method: 'GET',
      headers: { ...auth, ...headers },
    });
    expect(answer.status).toBe(status);
  }
  const own = { 'x-data-respan-params': '{"customer_credentials":{"openai":{"api_key":"sk-theirs"}}}' };
  await send(`${gateway.url}/api/responses/resp_1`, { method: 'GET', headers: { ...auth, ...own } });
  expect(provider.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-theirs']);
});
