import Anthropic from '@anthropic-ai/sdk';
import { expect, test } from '../support/gateway';

/** The official Anthropic SDK, pointed at Respan by base URL and key alone. */

const hello = {
  model: 'claude-sonnet-5-5',
  max_tokens: 200,
  messages: [{ role: 'user' as const, content: '[[reply:Hello from Claude]]' }],
};

test('an answer, and its log', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic/`, apiKey: gateway.key });
  const { data, response } = await client.messages.create(hello).withResponse();
  expect(data.content[0]).toMatchObject({ type: 'text', text: 'Hello from Claude' });
  const log = await gateway.log(response.headers.get('x-respan-log-id'));
  expect(log).toMatchObject({
    status: 'success',
    model: 'claude-sonnet-5-5',
    untouched: true,
    credentialSource: 'integration',
    credentialHint: 'cdef',
    environment: 'production',
    simulated: false,
    inputTokens: data.usage.input_tokens,
    outputTokens: data.usage.output_tokens,
    replyPreview: 'Hello from Claude',
  });
  expect(BigInt(String(log.costNanoUsd))).toBe(
    BigInt(data.usage.input_tokens) * 2000n + BigInt(data.usage.output_tokens) * 10000n,
  );
});

test('a bearer token, a stream and its final message', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: null, authToken: gateway.key });
  const stream = client.messages.stream(hello);
  const chunks: string[] = [];
  stream.on('text', (text) => chunks.push(text));
  const { data, response } = { data: await stream.finalMessage(), response: stream.response };
  expect(chunks.join('')).toBe('Hello from Claude');
  const log = await gateway.log(response?.headers.get('x-respan-log-id'));
  expect(log).toMatchObject({
    status: 'success',
    stream: true,
    stopReason: 'end_turn',
    outputTokens: data.usage.output_tokens,
  });
  expect(log.ttftMs).not.toBeNull();
});

test('tools, thinking with its signature, and prompt caching pass untouched', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key });
  const tools = [
    {
      name: 'get_weather',
      description: 'Weather of a city',
      input_schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const system = [
    {
      type: 'text' as const,
      text: 'You know the weather. '.repeat(400),
      cache_control: { type: 'ephemeral' as const },
    },
  ];
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Think, then tell the weather in Paris.' }];
  const request = {
    model: 'claude-opus-5-5',
    max_tokens: 2000,
    thinking: { type: 'adaptive' as const, display: 'summarized' as const },
    tools,
    system,
  };
  const first = await client.messages.create({ ...request, messages });
  expect(first.stop_reason).toBe('tool_use');
  expect(first.usage.cache_creation_input_tokens).toBeGreaterThan(0);
  expect(first.content.some((block) => block.type === 'thinking' && block.signature.length > 0)).toBe(true);
  const use = first.content.find((block) => block.type === 'tool_use');
  messages.push(
    { role: 'assistant', content: first.content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: 'Sunny' }] },
  );
  const second = await client.messages.create({ ...request, messages });
  expect(second.usage.cache_read_input_tokens).toBeGreaterThan(0);
});

test('credentials of the request, in each place that may hold them', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key });
  const credentials = { customer_credentials: { anthropic: { api_key: 'sk-ant-theirs-aaaa' } } };
  const places = [
    { ...hello, ...credentials },
    { ...hello, respan_params: credentials },
    { ...hello, metadata: { user_id: 'u', respan_params: credentials } },
  ];
  for (const body of places) {
    const { response } = await client.messages.create(body as Anthropic.MessageCreateParamsNonStreaming).withResponse();
    expect(await gateway.log(response.headers.get('x-respan-log-id'))).toMatchObject({
      credentialSource: 'customer',
      credentialHint: 'aaaa',
      untouched: false,
    });
  }
  const both = { ...credentials, credential_override: { 'claude-sonnet-5-5': { api_key: 'sk-ant-over-bbbb' } } };
  const header = { 'X-Data-Respan-Params': Buffer.from(JSON.stringify(both)).toString('base64') };
  const { response } = await client.messages.create(hello, { headers: header }).withResponse();
  expect(await gateway.log(response.headers.get('x-respan-log-id'))).toMatchObject({
    credentialSource: 'override',
    credentialHint: 'bbbb',
    untouched: true,
  });
});

test('errors are the ones the SDK knows', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key, maxRetries: 0 });
  await expect(client.messages.create({ ...hello, model: 'claude-unheard-of' })).rejects.toBeInstanceOf(
    Anthropic.NotFoundError,
  );
  await expect(client.messages.create({ ...hello, messages: [] })).rejects.toBeInstanceOf(Anthropic.BadRequestError);
  await expect(
    client.messages.create({ ...hello, customer_credentials: { anthropic: { api_key: 'sk-ant-invalid' } } } as never),
  ).rejects.toThrow('invalid x-api-key');
  await expect(
    new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: 'wrong', maxRetries: 0 }).messages.create(hello),
  ).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
});

test('the SDK retries what the provider says may be retried', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key });
  const content = `[[fault:529 times=1 id=sdk-${Date.now()}]] [[reply:At last]]`;
  const answer = await client.messages.create({ ...hello, messages: [{ role: 'user', content }] });
  expect(answer.content[0]).toMatchObject({ text: 'At last' });
});

test('count_tokens, models and the probes of Claude Code', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key });
  expect(
    (await client.messages.countTokens({ model: hello.model, messages: hello.messages })).input_tokens,
  ).toBeGreaterThan(0);
  expect((await client.models.list()).data.map((model) => model.id)).toContain('claude-sonnet-5-5');
  expect((await fetch(`${gateway.url}/api/anthropic/`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${gateway.url}/api/anthropic/api/hello`, { method: 'HEAD' })).status).toBe(200);
});

test('batches: made, listed, read to their results by the address they name, and cancelled', async ({ gateway }) => {
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key });
  const item = (id: string, content: string): Anthropic.Messages.BatchCreateParams.Request => ({
    custom_id: id,
    params: { model: 'claude-sonnet-5-5', max_tokens: 100, messages: [{ role: 'user', content }] },
  });
  const { data: created, response } = await client.messages.batches
    .create({ requests: [item('good', '[[reply:one]]'), item('bad', '[[fault:500]]')] })
    .withResponse();
  expect(await gateway.log(response.headers.get('x-respan-log-id'))).toMatchObject({ status: 'success' });
  await expect
    .poll(async () => (await client.messages.batches.retrieve(created.id)).processing_status, { timeout: 20_000 })
    .toBe('ended');
  const { results_url } = await client.messages.batches.retrieve(created.id);
  expect(results_url).toMatch(new RegExp(`^http://.+/api/anthropic/v1/messages/batches/${created.id}/results$`));
  expect((await client.messages.batches.list()).data.find(({ id }) => id === created.id)?.results_url).toBe(
    results_url,
  );
  const lines: Anthropic.Messages.MessageBatchIndividualResponse[] = [];
  for await (const line of await client.messages.batches.results(created.id)) lines.push(line);
  expect(lines).toMatchObject([
    { custom_id: 'good', result: { type: 'succeeded', message: { content: [{ text: 'one' }] } } },
    { custom_id: 'bad', result: { type: 'errored' } },
  ]);
  const many = Array.from({ length: 200 }, (_, index) => item(`item-${index}`, 'Hi'));
  const long = await client.messages.batches.create({ requests: many });
  expect((await client.messages.batches.cancel(long.id)).processing_status).toBe('canceling');
});

test('a request shaped like one of Claude Code', async ({ gateway }) => {
  const response = await fetch(`${gateway.url}/api/anthropic/v1/messages?beta=true`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gateway.key}`,
      'x-api-key': gateway.key,
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
      'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27',
      'user-agent': 'claude-cli/2.1.197 (external, cli)',
      'x-app': 'cli',
      'X-Claude-Code-Session-Id': 'f3b6',
    },
    body: JSON.stringify({
      model: 'claude-opus-5-5',
      max_tokens: 32000,
      stream: true,
      thinking: { type: 'adaptive' },
      metadata: { user_id: JSON.stringify({ device_id: 'd', account_uuid: '', session_id: 'f3b6' }) },
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.197.abc; cc_entrypoint=cli;' },
        { type: 'text', text: 'You are Claude Code.', cache_control: { type: 'ephemeral' } },
      ],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] }],
    }),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(await response.text()).toContain('message_stop');
  expect(await gateway.log(response.headers.get('x-respan-log-id'))).toMatchObject({
    status: 'success',
    untouched: true,
  });
});
