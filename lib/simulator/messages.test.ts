import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from './server';
import { framesOf, messageBody, post, simulatorWithClient } from './test-client';

let simulator: Simulator;
let client: Anthropic;

beforeAll(async () => {
  ({ simulator, client } = await simulatorWithClient());
});
afterAll(() => simulator.close());

const ask = (content: string): Anthropic.MessageCreateParamsNonStreaming => ({
  model: 'claude-opus-4-8',
  max_tokens: 1000,
  messages: [{ role: 'user', content }],
});

const weather: Anthropic.Tool = {
  name: 'get_weather',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
    required: ['city', 'unit'],
  },
};

describe('a reply', () => {
  it('has exactly the documented fields', async () => {
    const response = await post(simulator, '/v1/messages?beta=true', messageBody());
    const message = await response.json();
    expect(Object.keys(message).sort()).toEqual(
      ['id', 'type', 'role', 'model', 'content', 'stop_reason', 'stop_sequence', 'stop_details', 'container']
        .concat(['diagnostics', 'usage'])
        .sort(),
    );
    expect(message).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn', diagnostics: null });
    expect(message.id).toMatch(/^msg_01[1-9A-Za-z]{22}$/);
    expect(message.usage).toEqual({
      input_tokens: 6,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: expect.any(Number),
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      inference_geo: 'global',
      speed: 'standard',
    });
    expect(response.headers.get('request-id')).toMatch(/^req_01/);
    expect(response.headers.get('anthropic-organization-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe('1000');
    expect(response.headers.get('anthropic-ratelimit-tokens-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('says that it is simulated, repeats what was written, and is the same each time', async () => {
    const [first, second] = [await client.messages.create(ask('Why?')), await client.messages.create(ask('Why?'))];
    const text = first.content[0]?.type === 'text' ? first.content[0].text : '';
    expect(text).toMatch(/simulat/i);
    expect(text).toContain('“Why?”');
    expect(second.content).toEqual(first.content);
    expect(second.id).not.toBe(first.id);
  });

  it('resolves an alias to the dated id', async () => {
    const message = await client.messages.create({ ...ask('Hello'), model: 'claude-haiku-4-5' });
    expect(message.model).toBe('claude-haiku-4-5-20251001');
    expect(message.usage.inference_geo).toBe('not_available');
  });

  it('can be dictated, and ends where its tokens end', async () => {
    const whole = await client.messages.create(ask('[[reply:exactly this]]'));
    expect(whole.content).toEqual([{ type: 'text', text: 'exactly this' }]);
    const cut = await client.messages.create({ ...ask('[[reply:exactly this]]'), max_tokens: 2 });
    expect(cut).toMatchObject({
      stop_reason: 'max_tokens',
      content: [{ text: 'exactl' }],
      usage: { output_tokens: 2 },
    });
    const long = await client.messages.create({ ...ask('[[length:700]]') });
    expect(Math.abs(long.usage.output_tokens - 700)).toBeLessThan(5);
  });

  it('never cuts inside a character', async () => {
    const cut = await client.messages.create({ ...ask('[[reply:😀😀😀]]'), max_tokens: 2 });
    expect(cut.content).toEqual([{ type: 'text', text: '😀' }]);
  });

  it('stops at the first stop sequence', async () => {
    const params = { ...ask('[[reply:one two three]]'), stop_sequences: ['three', ' two'] };
    const message = await client.messages.create(params);
    expect(message).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: ' two', content: [{ text: 'one' }] });
  });

  it('reports the token counts it is told to', async () => {
    const { usage } = await client.messages.create(ask('[[tokens:in=10 read=20 write5m=30 write1h=40 out=50]]'));
    expect(usage).toMatchObject({
      input_tokens: 10,
      cache_read_input_tokens: 20,
      cache_creation_input_tokens: 70,
      cache_creation: { ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 40 },
      output_tokens: 50,
    });
  });

  it('warms the cache without a word for max_tokens 0', async () => {
    const message = await client.messages.create({ ...ask('Hello'), max_tokens: 0 });
    expect(message).toMatchObject({ content: [], stop_reason: 'max_tokens', usage: { output_tokens: 0 } });
  });

  it('takes images and documents', async () => {
    const data = Buffer.from('%PDF-1.7').toString('base64');
    const message = await client.messages.create({
      ...ask(''),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data } },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    });
    expect(message.content[0]).toMatchObject({ text: expect.stringContaining('1 message, 1 image and 1 document') });
    expect(message.usage.input_tokens).toBeGreaterThan(3_000);
  });

  it('follows a JSON schema', async () => {
    const message = await client.messages.create({
      ...ask('Who?'),
      output_config: {
        format: {
          type: 'json_schema',
          schema: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              age: { type: 'integer', minimum: 18 },
              tags: { type: 'array', items: { $ref: '#/$defs/tag' }, minItems: 2 },
            },
            required: ['name', 'age', 'tags'],
            additionalProperties: false,
            $defs: { tag: { enum: ['a', 'b'] } },
          },
        },
      },
    });
    const block = message.content[0];
    const value = JSON.parse(block?.type === 'text' ? block.text : '');
    expect(value).toEqual({
      name: expect.any(String),
      age: 18,
      tags: [expect.stringMatching(/^[ab]$/), expect.anything()],
    });
  });
});

describe('speed and region', () => {
  it('are reported as they were served', async () => {
    const fast = await client.messages.create({
      ...ask('Hello'),
      model: 'claude-opus-5-5',
      speed: 'fast',
      inference_geo: 'us',
    });
    expect(fast.usage).toMatchObject({ speed: 'fast', inference_geo: 'us' });
    const ignored = await client.messages.create({ ...ask('Hello'), model: 'claude-opus-4-6', speed: 'fast' });
    expect(ignored.usage.speed).toBe('standard');
  });
});

describe('a stream', () => {
  it('has the documented events, each with its event line', async () => {
    const response = await post(simulator, '/v1/messages', messageBody({ stream: true }));
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const frames = framesOf(await response.text());
    expect(frames.every(({ event, data }) => event === data.type)).toBe(true);
    const names = frames.map(({ event }) => event).join(' ');
    expect(names).toMatch(
      /^message_start content_block_start ping (content_block_delta )+content_block_stop message_delta message_stop$/,
    );
    expect(frames[0]?.data).toEqual({
      type: 'message_start',
      message: {
        id: expect.stringMatching(/^msg_/),
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-4-8',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        container: null,
        diagnostics: null,
        usage: {
          input_tokens: 6,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
          output_tokens: 1,
          service_tier: 'standard',
          inference_geo: 'global',
          speed: 'standard',
        },
      },
    });
    expect(frames[1]?.data.content_block).toEqual({ type: 'text', text: '', citations: null });
    expect(frames.at(-2)?.data).toEqual({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: {
        input_tokens: 6,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: expect.any(Number),
      },
    });
  });

  it('adds up to the message that is sent without streaming', async () => {
    const params = { ...ask('Tell me something'), thinking: { type: 'adaptive', display: 'summarized' } as const };
    const whole = await client.messages.create(params);
    const streamed = await client.messages.stream(params).finalMessage();
    const strip = (blocks: Anthropic.ContentBlock[]) =>
      blocks.map((block) => (block.type === 'thinking' ? block.thinking : block.type === 'text' ? block.text : block));
    expect(strip(streamed.content)).toEqual(strip(whole.content));
    expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
    expect(streamed.usage.output_tokens_details?.thinking_tokens).toBeGreaterThan(0);
  });
});

describe('count_tokens', () => {
  it('agrees with the usage of the message', async () => {
    const { max_tokens: _, ...prompt } = { ...ask('How much is this?'), tools: [weather], system: 'Be brief.' };
    const { input_tokens } = await client.messages.countTokens(prompt);
    const { usage } = await client.messages.create({ ...prompt, max_tokens: 10 });
    expect(input_tokens).toBe(usage.input_tokens);
    expect(input_tokens).toBeGreaterThan(290);
  });
});
