import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { priceUsage } from '@/lib/pricing/price';
import type { CustomProvider } from './ports';
import { closeAfterTest, okJson } from './test-messages';
import { credential, KEY, type Received, send, startGateway, startProvider, until } from './testing';

/** Providers that speak OpenAI's language: bytes pass, and the account is kept beside them. */

const auth = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
const COMPLETION = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-5.1-2025-11-13',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
  usage: {
    prompt_tokens: 1000,
    completion_tokens: 100,
    total_tokens: 1100,
    prompt_tokens_details: { cached_tokens: 400 },
  },
  some_future_field: [1.0],
};
const chunk = (data: object) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'gpt-5.1', ...data })}\n\n`;
const delta = (content: string) =>
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] });
const STREAM = `${delta('Hel')}: comment\n\n${delta('lo')}${chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`;

const LLAMA: CustomProvider = {
  slug: 'my-llama',
  name: 'My llama',
  baseUrl: '',
  models: ['llama-4', 'gpt-oss:20b'],
  pricedAs: null,
};

async function setUp(
  answer: (request: Received, response: ServerResponse) => void,
  custom: Partial<CustomProvider>[] = [],
) {
  const provider = await startProvider(answer);
  const rows = custom.map((row) => ({ ...LLAMA, baseUrl: `${provider.url}/custom/v1`, ...row }));
  const over = {
    price: priceUsage,
    customProviders: async () => rows,
    providerBaseUrl: (id: string) => `${provider.url}/${id}`,
    integrationCredentials: async (_: string, id: string) => [
      credential({ provider: id, secret: `sk-${id}-secret-1234` }),
    ],
  };
  const gateway = await startGateway(provider.url, over, undefined, { allowPrivate: true });
  closeAfterTest(gateway.close);
  closeAfterTest(provider.close);
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: KEY, maxRetries: 0 });
  return { provider, gateway, client, url: `${gateway.url}/api/chat/completions` };
}

const json =
  (body: unknown, status = 200) =>
  (_: Received, response: ServerResponse) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
      .end(JSON.stringify(body));
const events = (body: string) => (_: Received, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (let at = 0; at < body.length; at += 37) response.write(body.slice(at, at + 37));
  response.end();
};

describe('the request', () => {
  it('reaches OpenAI byte for byte, whatever its layout', async () => {
    const { provider, gateway, url } = await setUp(json(COMPLETION));
    const body =
      '{\n\t"model": "gpt-5.1",  "messages":[{"role":"user","content":"\\u00e9 é 漢"}], "unknown_future_field": {"x":[1.0, 2e3]},"store":true,"metadata":{"a":"b"} }  ';
    const answer = await send(`${url}?x=1`, {
      headers: { ...auth, 'openai-beta': 'a=v1', 'x-stainless-os': 'Linux' },
      body,
    });
    expect(answer.body.toString()).toBe(JSON.stringify(COMPLETION));
    expect(answer.headers['x-request-id']).toBe('req_1');
    const [got] = provider.received;
    expect(got?.body.toString()).toBe(body);
    expect(got?.url).toBe('/openai/chat/completions?x=1');
    expect(got?.headers).toMatchObject({
      authorization: 'Bearer sk-openai-secret-1234',
      'openai-beta': 'a=v1',
      'x-stainless-os': 'Linux',
    });
    expect(gateway.records[0]).toMatchObject({
      untouched: true,
      provider: 'openai',
      model: 'gpt-5.1-2025-11-13',
      logType: 'chat',
      metadata: { a: 'b' },
      promptPreview: 'é é 漢',
      replyPreview: 'Hello there',
      usage: { inputTokens: 600, cacheReadTokens: 400, outputTokens: 100 },
    });
    // 600 at $1.25, 400 at $0.125 and 100 at $10 a million.
    expect(gateway.records[0]?.cost?.costNanoUsd).toBe(1_800_000n);
  });

  it('loses exactly what is ours, and the prefix of its model', async () => {
    const { provider, gateway, url } = await setUp(json(COMPLETION));
    const body =
      '{ "model" : "openai/gpt-5.1", "customer_identifier":"ada",\n "messages":[ {"role":"user","content":"model"} ] , "metadata":{"plan":"pro"}}';
    await send(url, { headers: auth, body });
    expect(provider.received[0]?.body.toString()).toBe(
      '{ "model" : "gpt-5.1", "messages":[ {"role":"user","content":"model"} ]}',
    );
    expect(gateway.records[0]).toMatchObject({
      untouched: false,
      alterations: ['took out customer_identifier, metadata', 'sent the model as gpt-5.1'],
      requestedModel: 'openai/gpt-5.1',
      customerIdentifier: 'ada',
      metadata: { plan: 'pro' },
    });
  });

  it('may be compressed, and is sent plain once it is altered', async () => {
    const { provider, url } = await setUp(json(COMPLETION));
    const plain = gzipSync('{"model":"gpt-5.1","messages":[]}');
    const altered = gzipSync('{"model":"openai/gpt-5.1","messages":[]}');
    for (const body of [plain, altered]) await send(url, { headers: { ...auth, 'content-encoding': 'gzip' }, body });
    const [first, second] = provider.received;
    expect(first?.body.equals(plain)).toBe(true);
    expect([second?.body.toString(), second?.headers['content-encoding']]).toEqual([
      '{"model":"gpt-5.1","messages":[]}',
      undefined,
    ]);
  });
});

describe('the answer', () => {
  it('streams untouched, and is estimated where the caller asked for no usage', async () => {
    const { gateway, url } = await setUp(events(STREAM));
    const body = `{"model":"gpt-5.1","stream":true,"messages":[{"role":"user","content":"${'x'.repeat(80)}"}]}`;
    const answer = await send(url, { headers: auth, body });
    expect(answer.body.toString()).toBe(STREAM);
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      stream: true,
      untouched: true,
      replyPreview: 'Hello',
      usage: { inputTokens: 20, outputTokens: 2, estimated: true },
    });
    expect(gateway.records[0]?.ttftMs).not.toBeNull();
  });

  it('that is cut ends in an error the SDK raises, and never in [DONE]', async () => {
    const { gateway, client, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(delta('Hel'));
      setTimeout(() => response.destroy(), 20);
    });
    const request = { model: 'gpt-5.1', stream: true as const, messages: [{ role: 'user' as const, content: 'Hi' }] };
    const answer = await send(url, { headers: auth, body: JSON.stringify(request) });
    expect(answer.body.toString()).toBe(
      `${delta('Hel')}data: {"error":{"message":"The connection to the provider broke.","type":"api_error","param":null,"code":"stream_broken"}}\n\n`,
    );
    expect(gateway.records[0]).toMatchObject({ status: 'error', errorCause: 'provider', usage: { estimated: true } });
    const reading = (async () => {
      for await (const _ of await client.chat.completions.create(request));
    })();
    await expect(reading).rejects.toThrow('The connection to the provider broke.');
  });

  it('is owed for when the client leaves', async () => {
    const { gateway, client } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(delta('Hello there, Ada'));
    });
    const stream = await client.chat.completions.create({
      model: 'gpt-5.1',
      stream: true,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    for await (const _ of stream) break;
    await until(() => gateway.records.length > 0);
    expect(gateway.records[0]).toMatchObject({
      status: 'aborted',
      usage: { inputTokens: 1, outputTokens: 4, estimated: true },
    });
  });

  it("keeps the provider's errors as they are", async () => {
    const error = {
      error: { message: 'Rate limit reached', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    };
    const { gateway, client } = await setUp(json(error, 429));
    const thrown = await client.chat.completions
      .create({ model: 'o3', messages: [] })
      .catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(OpenAI.RateLimitError);
    expect(thrown).toMatchObject({
      code: 'rate_limit_exceeded',
      message: expect.stringContaining('Rate limit reached'),
    });
    expect(gateway.records[0]).toMatchObject({ statusCode: 429, errorCause: 'provider', errorType: 'requests' });
  });
});

describe('the official SDK', () => {
  it('asks for usage and gets it', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 };
    const { gateway, client } = await setUp(
      events(STREAM.replace('data: [DONE]', `${chunk({ choices: [], usage }).trim()}\n\ndata: [DONE]`)),
    );
    const stream = client.chat.completions.stream({
      model: 'openai/gpt-5.1',
      messages: [{ role: 'user', content: 'Hi' }],
      stream_options: { include_usage: true },
    });
    expect(await stream.finalContent()).toBe('Hello');
    expect((await stream.totalUsage()).total_tokens).toBe(11);
    expect(gateway.records[0]?.usage).toMatchObject({ inputTokens: 9, outputTokens: 2, estimated: false });
  });

  it('reads Responses, whole and streamed', async () => {
    const response = {
      id: 'resp_1',
      object: 'response',
      model: 'gpt-5.1',
      status: 'completed',
      output: [
        {
          type: 'message',
          id: 'm',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'It rains.', annotations: [] }],
        },
      ],
      usage: { input_tokens: 10, output_tokens: 3, input_tokens_details: { cached_tokens: 0 } },
    };
    const { provider, gateway, client } = await setUp((request, answer) => {
      if (!request.body.includes('"stream":true')) return json(response)(request, answer);
      events(
        [
          { type: 'response.created', response: { ...response, output: [], usage: null } },
          { type: 'response.output_text.delta', item_id: 'm', output_index: 0, content_index: 0, delta: 'It rains.' },
          { type: 'response.completed', response },
        ]
          .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
          .join(''),
      )(request, answer);
    });
    const asked = { model: 'gpt-5.1', input: 'How is the weather?', metadata: { a: 'b' }, prompt: { id: 'pmpt_1' } };
    expect((await client.responses.create(asked)).output_text).toBe('It rains.');
    const types: string[] = [];
    for await (const event of await client.responses.create({ ...asked, stream: true })) types.push(event.type);
    expect(types.at(-1)).toBe('response.completed');
    expect(provider.received.map(({ url }) => url)).toEqual(['/openai/responses', '/openai/responses']);
    expect(JSON.parse(provider.received[0]?.body.toString() ?? '')).toEqual(asked);
    for (const record of gateway.records)
      expect(record).toMatchObject({
        untouched: true,
        endpoint: '/api/responses',
        logType: 'response',
        promptPreview: 'How is the weather?',
        replyPreview: 'It rains.',
        metadata: { a: 'b' },
        usage: { inputTokens: 10, outputTokens: 3 },
      });
  });

  it('gets embeddings', async () => {
    const { provider, gateway, client } = await setUp(
      json({
        object: 'list',
        model: 'text-embedding-3-small',
        data: [{ object: 'embedding', index: 0, embedding: [0.5, 1] }],
        usage: { prompt_tokens: 1_000_000, total_tokens: 1_000_000 },
      }),
    );
    const answer = await client.embeddings.create({
      model: 'text-embedding-3-small',
      input: ['one', 'two'],
      encoding_format: 'float',
    });
    expect(answer.data[0]?.embedding).toEqual([0.5, 1]);
    expect(provider.received[0]?.url).toBe('/openai/embeddings');
    expect(gateway.records[0]).toMatchObject({
      logType: 'embedding',
      promptPreview: 'one',
      cost: { costNanoUsd: 20_000_000n },
    });
  });

  it.each([
    ['responses', 'Anthropic has no Responses endpoint. Send this model to /api/chat/completions.'],
    ['embeddings', 'Anthropic has no embeddings endpoint. Name a model of a provider that has one.'],
  ])('is told where a provider has no %s', async (path, message) => {
    const { gateway, provider } = await setUp(json({}));
    const answer = await send(`${gateway.url}/api/${path}`, {
      headers: auth,
      body: '{"model":"claude-sonnet-5-5","input":"x"}',
    });
    expect([answer.status, JSON.parse(answer.body.toString()).error]).toEqual([
      404,
      expect.objectContaining({ code: 'unknown_endpoint', message }),
    ]);
    expect([provider.received.length, gateway.records[0]?.status]).toEqual([0, 'error']);
  });
});

describe('a custom provider', () => {
  it.each([
    ['by its prefix', 'my-llama/any/model:7b', 'any/model:7b'],
    ['by a model it lists', 'llama-4', 'llama-4'],
    ['by a listed name that looks like another provider', 'gpt-oss:20b', 'gpt-oss:20b'],
  ])('is called %s, at its own address with its own key', async (_, model, sent) => {
    const { provider, gateway, client } = await setUp(json({ ...COMPLETION, model: sent }), [{}]);
    await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hi' }] });
    const [got] = provider.received;
    expect([got?.url, got?.headers.authorization]).toEqual([
      '/custom/v1/chat/completions',
      'Bearer sk-my-llama-secret-1234',
    ]);
    expect(JSON.parse(got?.body.toString() ?? '').model).toBe(sent);
    expect(gateway.records[0]).toMatchObject({
      provider: 'my-llama',
      requestedModel: model,
      cost: null,
      usage: { outputTokens: 100 },
    });
  });

  it('has the prices of the provider whose address it is', async () => {
    const { gateway, client } = await setUp(json(COMPLETION), [{ slug: 'mine', pricedAs: 'openai' }]);
    await client.chat.completions.create({ model: 'mine/gpt-5.1', messages: [] });
    expect(gateway.records[0]?.cost?.costNanoUsd).toBe(1_800_000n);
  });

  it('is unknown to an organization that did not add it', async () => {
    const { client, provider } = await setUp(json(COMPLETION));
    const thrown = client.chat.completions.create({ model: 'my-llama/llama-4', messages: [] });
    await expect(thrown).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    expect(provider.received).toHaveLength(0);
  });

  it('takes credentials of the request under its id', async () => {
    const { client, provider } = await setUp(json(COMPLETION), [{}]);
    const request = { model: 'llama-4', messages: [], customer_credentials: { 'my-llama': { api_key: 'sk-theirs' } } };
    await client.chat.completions.create(request);
    expect(provider.received[0]?.headers.authorization).toBe('Bearer sk-theirs');
  });
});

describe('the Anthropic path', () => {
  const path = (gateway: { url: string }) => `${gateway.url}/api/anthropic/v1/messages`;
  const ask = (model: string) => ({ headers: auth, body: `{"model":"${model}","max_tokens":1,"messages":[]}` });

  it.each([
    ['gpt-5.1', 'gpt-5.1 is a model of OpenAI,'],
    ['openai/gpt-5.1', 'openai/gpt-5.1 is a model of OpenAI,'],
    ['my-llama/x', 'my-llama/x is a model of My llama,'],
    ['llama-4', 'llama-4 is a model of My llama,'],
  ])('refuses %s and says where it is served', async (model, begins) => {
    const { gateway, provider } = await setUp(okJson, [{}]);
    const answer = await send(path(gateway), ask(model));
    const message = `${begins} which does not speak Anthropic's Messages API. Send it to /api/chat/completions.`;
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([
      404,
      expect.objectContaining({ type: 'error', error: { type: 'not_found_error', message } }),
    ]);
    expect(provider.received).toHaveLength(0);
  });

  it('keeps its own models whoever lists them, and takes its prefix off', async () => {
    const { gateway, provider } = await setUp(okJson, [{ models: ['claude-sonnet-5-5'] }]);
    for (const model of ['claude-sonnet-5-5', 'anthropic/claude-sonnet-5-5']) await send(path(gateway), ask(model));
    expect(provider.received.map(({ url, body }) => [url, JSON.parse(body.toString()).model])).toEqual(
      Array(2).fill(['/anthropic/v1/messages', 'claude-sonnet-5-5']),
    );
    expect(gateway.records.map(({ alterations }) => alterations)).toEqual([
      [],
      ['sent the model as claude-sonnet-5-5'],
    ]);
  });
});
