import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { priceUsage } from '@/lib/pricing/price';
import { startSimulator } from '@/lib/simulator/server';
import { credential, KEY, send, startGateway, type TestGateway } from './testing';

/** The chat completions path, with the official client and the simulator as the provider. */

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let gateway: TestGateway;
let client: OpenAI;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant' });
  gateway = await startGateway(simulator.url, {
    price: priceUsage,
    integrationCredentials: async () => [credential()],
  });
  client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: KEY, maxRetries: 0 });
});
afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

const ask = (content: string) => ({
  model: 'claude-sonnet-5-5',
  max_tokens: 300,
  messages: [
    { role: 'system' as const, content: 'Be brief.' },
    { role: 'user' as const, content },
  ],
});

describe('chat completions', () => {
  it('answer with text and usage', async () => {
    const answer = await client.chat.completions.create(ask('[[reply:Hello from the other side]]'));
    expect(answer.choices[0]?.message.content).toBe('Hello from the other side');
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    );
    const record = gateway.records.at(-1);
    expect(record).toMatchObject({
      status: 'success',
      requestedModel: 'claude-sonnet-5-5',
      provider: 'anthropic',
      untouched: false,
      endpoint: '/api/chat/completions',
    });
    expect(record?.cost?.costNanoUsd).toBeGreaterThan(0n);
    expect(record?.usage?.outputTokens).toBe(answer.usage?.completion_tokens);
  });

  it('stream, with usage when asked for', async () => {
    const stream = await client.chat.completions.create({
      ...ask('[[reply:one two three four]]'),
      model: 'anthropic/claude-sonnet-5-5',
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe('one two three four');
    expect(usage?.completion_tokens).toBe(gateway.records.at(-1)?.usage?.outputTokens);
    expect(gateway.records.at(-1)).toMatchObject({
      stream: true,
      status: 'success',
      replyPreview: 'one two three four',
    });
  });

  it('carry Respan parameters beside the request, and never send them on', async () => {
    await client.chat.completions.create({
      ...ask('Hi'),
      customer_credentials: { anthropic: { api_key: 'sk-ant-mine-4321' } },
      customer_identifier: 'ada',
      metadata: { plan: 'pro' },
    } as never);
    const sent = simulator.requests.at(-1);
    expect(sent?.headers['x-api-key']).toBe('sk-ant-mine-4321');
    expect(sent?.body.toString()).not.toMatch(/customer|plan/);
    expect(gateway.records.at(-1)).toMatchObject({
      credentialSource: 'customer',
      customerIdentifier: 'ada',
      metadata: { plan: 'pro' },
    });
    expect(
      JSON.stringify(gateway.records.at(-1), (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('sk-ant-mine-4321');
  });

  it('give provider errors in the shape the client expects', async () => {
    const limited = await client.chat.completions
      .create(ask('[[fault:429 retry_after=3]]'))
      .catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
    expect(gateway.records.at(-1)).toMatchObject({ status: 'error', statusCode: 429, errorCause: 'provider' });
    const wrong = await client.chat.completions
      .create({ ...ask('Hi'), credential_override: { 'claude-sonnet-5-5': { api_key: 'sk-ant-invalid' } } } as never)
      .catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it.each([
    ['an unknown model', { model: 'model-unheard-of', messages: [] }, 404, 'unknown_model'],
    ['no model', { messages: [] }, 400, 'invalid_parameter'],
    ['a literal that is no JSON', '{"model":"claude-sonnet-5-5","messages":nul}', 400, 'invalid_json'],
  ])('refuse %s with both shapes of error', async (_, body, status, code) => {
    const answer = await send(`${gateway.url}/chat/completions/`, {
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const parsed = JSON.parse(answer.body.toString());
    expect([answer.status, parsed.error.code]).toEqual([status, code]);
    expect(parsed.detail).toBe(parsed.error.message);
  });

  it('a stream that breaks never ends with [DONE]', async () => {
    const answer = await send(`${gateway.url}/api/chat/completions`, {
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...ask('Tell me a long story [[fault:cut]]'), stream: true }),
    });
    expect(answer.body.toString()).toContain('"error"');
    expect(answer.body.toString()).not.toContain('[DONE]');
    expect(gateway.records.at(-1)).toMatchObject({ status: 'error', usage: { estimated: true } });
  });

  it('carry a breakdown of the call where asked for, streamed and not', async () => {
    const body = { ...ask('[[reply:Broken down]]'), request_breakdown: true };
    const whole = JSON.parse(JSON.stringify(await client.chat.completions.create(body as never)));
    const record = gateway.records.at(-1);
    expect(whole.request_breakdown).toMatchObject({
      completion_message: { content: 'Broken down' },
      prompt_messages: body.messages,
      cost: Number(record?.cost?.costNanoUsd) / 1e9,
      completion_tokens: record?.usage?.outputTokens,
      cached: false,
      log_id: record?.id,
    });
    const answer = await send(`${gateway.url}/api/chat/completions`, {
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true }),
    });
    const chunks = answer.body.toString().trim().split('\n\n').slice(-2);
    expect(chunks[1]).toBe('data: [DONE]');
    expect(JSON.parse(chunks[0]?.slice(6) ?? '')).toMatchObject({
      id: 'request_breakdown',
      model: 'extra_parameter',
      choices: [{ delta: { content: null }, request_breakdown: { status_code: 200, stream: true } }],
    });
    expect(simulator.requests.at(-1)?.body.toString()).not.toContain('request_breakdown');
  });
});
