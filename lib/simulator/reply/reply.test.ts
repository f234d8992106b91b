import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server';
import { framesOf, post, simulatorWithClient } from '../test-client';

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

describe('tools', () => {
  const withTool = (content: string, more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}) =>
    client.messages.create({ ...ask(content), tools: [weather], ...more });

  it('are called when the message mentions them, with an input that fits the schema', async () => {
    const message = await withTool('What is the weather in Paris?');
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content.map((block) => block.type)).toEqual(['text', 'tool_use']);
    expect(message.content[1]).toMatchObject({
      name: 'get_weather',
      input: { city: 'Paris', unit: expect.stringMatching(/^(celsius|fahrenheit)$/) },
      caller: { type: 'direct' },
    });
  });

  it('are left alone otherwise, and for tool_choice none', async () => {
    expect((await withTool('Hello')).stop_reason).toBe('end_turn');
    expect((await withTool('The weather?', { tool_choice: { type: 'none' } })).stop_reason).toBe('end_turn');
  });

  it('are called when forced, without a word before', async () => {
    const any = await withTool('Hello', { tool_choice: { type: 'any' } });
    expect(any.content.map((block) => block.type)).toEqual(['tool_use']);
    const named = await withTool('Hello', { tool_choice: { type: 'tool', name: 'get_weather' } });
    expect(named.stop_reason).toBe('tool_use');
  });

  it('are called twice in parallel unless that is switched off', async () => {
    const text = 'In parallel, the weather in Paris and London';
    const calls = (message: Anthropic.Message) =>
      message.content.flatMap((block) => (block.type === 'tool_use' ? [block.input] : []));
    expect(calls(await withTool(text))).toMatchObject([{ city: 'Paris' }, { city: 'London' }]);
    const one = await withTool(text, { tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
    expect(calls(one)).toHaveLength(1);
  });

  it('stream an empty fragment first and add up to the input', async () => {
    const stream = client.messages.stream({ ...ask('The weather in Paris?'), tools: [weather] });
    const fragments: string[] = [];
    stream.on('streamEvent', (event) => {
      if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
        fragments.push(event.delta.partial_json);
      }
    });
    const message = await stream.finalMessage();
    expect(fragments[0]).toBe('');
    expect(fragments.length).toBeGreaterThan(2);
    expect(JSON.parse(fragments.join(''))).toEqual(message.content.find((block) => block.type === 'tool_use')?.input);
  });

  it('get their results answered in text', async () => {
    const call = await withTool('What is the weather in Paris?');
    const use = call.content.find((block) => block.type === 'tool_use');
    const answer = await withTool('', {
      messages: [
        { role: 'user', content: 'What is the weather in Paris?' },
        { role: 'assistant', content: call.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: '21 degrees' }] },
      ],
    });
    expect(answer).toMatchObject({
      stop_reason: 'end_turn',
      content: [{ text: expect.stringContaining('21 degrees') }],
    });
  });

  it('have their JSON cut by max_tokens', async () => {
    const params = { ...ask('Hello'), tools: [weather], tool_choice: { type: 'any' as const }, max_tokens: 6 };
    const message = await client.messages.create(params);
    expect(message).toMatchObject({ stop_reason: 'max_tokens', content: [{ type: 'tool_use', input: {} }] });
    const text = await (await post(simulator, '/v1/messages', { ...params, stream: true })).text();
    const json = framesOf(text).flatMap(({ data }) =>
      data.type === 'content_block_delta' ? [JSON.stringify(data.delta)] : [],
    );
    expect(json.join('')).toContain('{\\"city');
    expect(text).toContain('"stop_reason":"max_tokens"');
  });
});

describe('thinking', () => {
  const think = (thinking: Anthropic.ThinkingConfigParam, model = 'claude-opus-5-5') =>
    client.messages.create({ ...ask('Hello'), model, max_tokens: 3000, thinking });

  it('is hidden on the newest models and shown on older ones, always with a signature', async () => {
    const hidden = await think({ type: 'adaptive' });
    expect(hidden.content[0]).toMatchObject({
      type: 'thinking',
      thinking: '',
      signature: expect.stringMatching(/.{40}/),
    });
    expect(hidden.usage.output_tokens_details?.thinking_tokens).toBeGreaterThan(10);
    const shown = await think({ type: 'enabled', budget_tokens: 1024 }, 'claude-sonnet-4-5');
    expect(shown.content[0]).toMatchObject({ type: 'thinking', thinking: expect.stringMatching(/.{20}/) });
  });

  it('may be sent back as it was, and not otherwise', async () => {
    const first = await think({ type: 'adaptive', display: 'summarized' });
    const again = (content: Anthropic.ContentBlockParam[]) =>
      client.messages.create({
        ...ask(''),
        model: 'claude-opus-5-5',
        messages: [
          { role: 'user', content: 'Hello' },
          { role: 'assistant', content },
          { role: 'user', content: 'And now?' },
        ],
      });
    await expect(again(first.content)).resolves.toMatchObject({ stop_reason: 'end_turn' });
    const altered = first.content.map((block) => (block.type === 'thinking' ? { ...block, thinking: 'x' } : block));
    await expect(again(altered)).rejects.toMatchObject({
      status: 400,
      apiMessage:
        'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be ' +
        'modified. These blocks must remain as they were in the original response.',
    });
    const foreign = [{ type: 'thinking' as const, thinking: 'x', signature: 'EqQBCgIYAhIM' }];
    await expect(again([...foreign, { type: 'text', text: 'Hi' }])).rejects.toMatchObject({
      apiMessage: 'messages.1.content.0: Invalid `signature` in `thinking` block',
    });
  });

  it('can be redacted', async () => {
    const message = await client.messages.stream(ask('[[redacted]] Hello')).finalMessage();
    expect(message.content.map((block) => block.type)).toEqual(['redacted_thinking', 'text']);
  });
});

describe('web search', () => {
  const search = {
    ...ask('Search the web for news'),
    tools: [{ type: 'web_search_20260209', name: 'web_search' } as const],
  };

  it('brings its call, its results and a citation, and both samplings are charged', async () => {
    const stream = client.messages.stream(search);
    let atStart = 0;
    stream.on('streamEvent', (event) => {
      if (event.type === 'message_start') atStart = event.message.usage.input_tokens;
    });
    const message = await stream.finalMessage();
    expect(message.content.map((block) => block.type)).toEqual([
      'server_tool_use',
      'web_search_tool_result',
      'text',
      'text',
    ]);
    expect(message.content[2]).toMatchObject({ citations: [{ type: 'web_search_result_location' }] });
    expect(message.usage.server_tool_use).toEqual({ web_search_requests: 1, web_fetch_requests: 0 });
    expect(message.usage.input_tokens).toBeGreaterThan(2 * atStart);
    const next = client.messages.create({
      ...search,
      messages: [
        ...search.messages,
        { role: 'assistant', content: message.content },
        { role: 'user', content: 'Thanks' },
      ],
    });
    await expect(next).resolves.toMatchObject({ stop_reason: 'end_turn' });
  });

  it('is free when it fails', async () => {
    const failing = { ...search, messages: ask('Search the web [[fault:search code=max_uses_exceeded]]').messages };
    const message = await client.messages.create(failing);
    expect(message.content[1]).toMatchObject({
      content: { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' },
    });
    expect(message.usage.server_tool_use?.web_search_requests).toBe(0);
  });
});
