import OpenAI from 'openai';
import { expect, test } from '../support/gateway';

/** The official OpenAI SDK, pointed at Respan by base URL and key alone. */

const hello = {
  model: 'claude-sonnet-5-5',
  messages: [
    { role: 'system' as const, content: 'Be brief.' },
    { role: 'user' as const, content: '[[reply:Hello from Claude]]' },
  ],
};

test('an answer with usage, and its log', async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key });
  const { data, response } = await client.chat.completions.create(hello).withResponse();
  expect(data.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { role: 'assistant', content: 'Hello from Claude' },
  });
  expect(data.usage).toMatchObject({
    total_tokens: (data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0),
    prompt_tokens_details: { cached_tokens: 0 },
  });
  const log = await gateway.log(response.headers.get('x-respan-log-id'));
  expect(log).toMatchObject({
    status: 'success',
    endpoint: '/api/chat/completions',
    provider: 'anthropic',
    alterations: ['translated from chat completions'],
  });
  expect(Number(log.costNanoUsd)).toBeGreaterThan(0);
});

test('a stream, through the address without /api', async ({ gateway }) => {
  const client = new OpenAI({ baseURL: gateway.url, apiKey: gateway.key });
  const stream = client.chat.completions.stream({ ...hello, stream_options: { include_usage: true } });
  const chunks: string[] = [];
  for await (const chunk of stream) chunks.push(chunk.choices[0]?.delta.content ?? '');
  expect(chunks.join('')).toBe('Hello from Claude');
  expect((await stream.totalUsage()).completion_tokens).toBeGreaterThan(0);
});

test('several choices from a model that gives one', async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key });
  const { data, response } = await client.chat.completions.create({ ...hello, n: 2 }).withResponse();
  expect(data.choices.map(({ index, message }) => [index, message.content])).toEqual([
    [0, 'Hello from Claude'],
    [1, 'Hello from Claude'],
  ]);
  const log = await gateway.log(response.headers.get('x-respan-log-id'));
  expect(log).toMatchObject({ status: 'success', outputTokens: data.usage?.completion_tokens });
  expect(log.attempts).toHaveLength(2);
});

test('cached prompt tokens are in prompt_tokens and named', async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key });
  const system = {
    role: 'system',
    content: [{ type: 'text', text: `${Date.now()} a long text `.repeat(500), cache_control: { type: 'ephemeral' } }],
  };
  const body = {
    ...hello,
    messages: [system, hello.messages[1]],
  } as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
  await client.chat.completions.create(body);
  const second = await client.chat.completions.create(body);
  const cached = second.usage?.prompt_tokens_details?.cached_tokens ?? 0;
  expect(cached).toBeGreaterThan(1000);
  expect(second.usage?.prompt_tokens).toBeGreaterThanOrEqual(cached);
});

test('credentials by body and by respan_params', async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key });
  const credentials = {
    customer_credentials: { anthropic: { api_key: 'sk-ant-theirs-cccc' } },
    credential_override: { 'claude-opus-5-5': { api_key: 'sk-ant-over-dddd' } },
  };
  for (const [extra, model, hint, source] of [
    [credentials, 'claude-sonnet-5-5', 'cccc', 'customer'],
    [{ respan_params: credentials }, 'claude-opus-5-5', 'dddd', 'override'],
  ] as const) {
    const { response } = await client.chat.completions
      .create({ ...hello, model, ...extra } as OpenAI.ChatCompletionCreateParamsNonStreaming)
      .withResponse();
    expect(await gateway.log(response.headers.get('x-respan-log-id'))).toMatchObject({
      credentialSource: source,
      credentialHint: hint,
    });
  }
});

test('errors are the ones the SDK knows', async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key, maxRetries: 0 });
  await expect(client.chat.completions.create({ ...hello, model: 'model-unheard-of' })).rejects.toBeInstanceOf(
    OpenAI.NotFoundError,
  );
  await expect(
    new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: 'wrong', maxRetries: 0 }).chat.completions.create(hello),
  ).rejects.toThrow('Your API key is invalid or expired');
  await expect(
    client.chat.completions.create({ ...hello, messages: [{ role: 'user', content: '[[fault:429]]' }] }),
  ).rejects.toBeInstanceOf(OpenAI.RateLimitError);
});
