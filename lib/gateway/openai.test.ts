import { gzipSync } from 'node:zlib';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { auth, COMPLETION, chunk, delta, events, json, STREAM, setUp } from './test-openai';
import { send, until } from './testing';

/** Providers that speak OpenAI's language: bytes pass, and the account is kept beside them. */

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
