import { describe, expect, test } from 'vitest';
import { conversationOf } from './conversation';

const read = (request: unknown, response: unknown = null) =>
  conversationOf({
    request: request === null ? null : JSON.stringify(request),
    response: response === null || typeof response === 'string' ? response : JSON.stringify(response),
  });

const sse = (...events: { type: string; [field: string]: unknown }[]) =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');

const chunks = (...deltas: object[]) =>
  deltas.map((choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`).join('');

describe('prompts', () => {
  test('Anthropic: system blocks, strings, images, tool results and thinking', () => {
    const { prompt, tools } = read({
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      tools: [
        { name: 'get_weather', description: 'The weather', input_schema: {} },
        { type: 'web_search_20260209', name: 'web_search' },
      ],
      messages: [
        { role: 'user', content: 'Hello' },
        {
          role: 'user',
          content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: '', signature: 'x' },
            { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Oslo' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: [{ type: 'text', text: 'down' }] },
          ],
        },
      ],
    });
    expect(prompt).toEqual([
      { role: 'system', blocks: [{ type: 'text', text: 'Be brief.', cachedFor: '5m' }] },
      { role: 'user', blocks: [{ type: 'text', text: 'Hello' }] },
      {
        role: 'user',
        blocks: [{ type: 'image', dataUrl: 'data:image/png;base64,AAAA', link: null, label: 'image/png, 0 kB' }],
      },
      {
        role: 'assistant',
        blocks: [
          { type: 'thinking', text: '', hidden: true },
          { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: '{\n  "city": "Oslo"\n}' },
        ],
      },
      {
        role: 'user',
        blocks: [{ type: 'tool_result', toolUseId: 'toolu_1', failed: true, blocks: [{ type: 'text', text: 'down' }] }],
      },
    ]);
    expect(tools.map(({ name }) => name)).toEqual(['get_weather', 'web_search']);
  });

  test('OpenAI: roles, image parts, tool calls and their answers', () => {
    const { prompt, tools } = read({
      tools: [{ type: 'function', function: { name: 'add', description: 'Adds' } }],
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'See' },
            { type: 'image_url', image_url: { url: 'https://a.example/x.png' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '2' },
      ],
    });
    expect(prompt.map(({ role }) => role)).toEqual(['developer', 'user', 'assistant', 'tool']);
    // A remote image is a link: opening a log must not tell its host.
    expect(prompt[1]?.blocks[1]).toEqual({
      type: 'image',
      dataUrl: null,
      link: 'https://a.example/x.png',
      label: 'https://a.example/x.png',
    });
    expect(prompt[2]?.blocks).toEqual([{ type: 'tool_use', id: 'c1', name: 'add', input: '{\n  "a": 1\n}' }]);
    expect(prompt[3]?.blocks).toEqual([
      { type: 'tool_result', toolUseId: 'c1', failed: false, blocks: [{ type: 'text', text: '2' }] },
    ]);
    expect(tools).toEqual([{ name: 'add', description: 'Adds' }]);
  });

  test('the logging API: both halves are in what was sent, and our own answer is not the reply', () => {
    const { prompt, reply, raw } = read(
      {
        model: 'claude-opus-5-5',
        prompt_messages: [{ role: 'user', content: 'Hi' }],
        completion_message: { role: 'assistant', content: 'Hello' },
      },
      { message: 'log successful', unique_id: '1' },
    );
    expect(prompt).toEqual([{ role: 'user', blocks: [{ type: 'text', text: 'Hi' }] }]);
    expect(reply).toEqual([{ role: 'assistant', blocks: [{ type: 'text', text: 'Hello' }] }]);
    expect(raw).toEqual([]);
  });

  test.each([
    ['a message', { role: 'assistant', content: 'Hello' }],
    ['a list of messages', [{ role: 'assistant', content: 'Hello' }]],
    ['a text', JSON.stringify('Hello')],
    ['an output with what belongs to it', { output: 'Hello', tool_calls: [] }],
    ['a whole response of the provider', { choices: [{ message: { role: 'assistant', content: 'Hello' } }] }],
  ])('the logging API stores the reply as %s', (_, response) => {
    const { prompt, reply } = read({ prompt_messages: [{ role: 'user', content: 'Hi' }], temperature: 1 }, response);
    expect(prompt).toHaveLength(1);
    expect(reply).toEqual([{ role: 'assistant', blocks: [{ type: 'text', text: 'Hello' }] }]);
  });

  test('the logging API with input and output of any shape', () => {
    const { prompt, reply } = read({ input: 'Translate', output: { text: 'Übersetze' } });
    expect(prompt).toEqual([{ role: 'user', blocks: [{ type: 'text', text: 'Translate' }] }]);
    expect(reply).toEqual([
      { role: 'assistant', blocks: [{ type: 'other', kind: 'json', json: '{\n  "text": "Übersetze"\n}' }] },
    ]);
  });
});

const ASKED = { messages: [{ role: 'user', content: 'Hi' }] };
const START = { type: 'message_start', message: { role: 'assistant', content: [] } };

describe('replies', () => {
  test('Anthropic JSON', () => {
    const { reply } = read(ASKED, { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hello' }] });
    expect(reply).toEqual([{ role: 'assistant', blocks: [{ type: 'text', text: 'Hello' }] }]);
  });

  test('OpenAI JSON with reasoning', () => {
    const { reply } = read(ASKED, {
      choices: [{ message: { role: 'assistant', content: 'Hello', reasoning_content: 'Hm.' } }],
    });
    expect(reply[0]?.blocks).toEqual([
      { type: 'thinking', text: 'Hm.', hidden: false },
      { type: 'text', text: 'Hello' },
    ]);
  });

  test('Anthropic stream: text, thinking and tool input come together', () => {
    const stream = sse(
      START,
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Let me see.' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'abc' } },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '', citations: null } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hel' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'lo ✓' } },
      { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'f', input: {} } },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"a":' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '1}' } },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      { type: 'message_stop' },
    );
    const expected = [
      {
        role: 'assistant',
        blocks: [
          { type: 'thinking', text: 'Let me see.', hidden: false },
          { type: 'text', text: 'Hello ✓' },
          { type: 'tool_use', id: 't', name: 'f', input: '{\n  "a": 1\n}' },
        ],
      },
    ];
    expect(read(ASKED, stream)).toMatchObject({ reply: expected, cut: false, raw: [] });
    expect(read(ASKED, stream.replaceAll('\n', '\r\n'))).toMatchObject({ reply: expected, cut: false });
  });

  test('a stream that was cut shows what came, half a tool call included', () => {
    const stream = sse(
      START,
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'f', input: {} } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"city":"Os' } },
    );
    const { reply, cut } = read(ASKED, `${stream}event: content_block_delta\ndata: {"type":"content_bl`);
    expect(cut).toBe(true);
    expect(reply[0]?.blocks).toEqual([{ type: 'tool_use', id: 't', name: 'f', input: '{"city":"Os' }]);
  });

  test('an error in the middle of a stream is part of the reply', () => {
    const stream = sse(
      START,
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Half' } },
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    );
    const { reply, cut } = read(ASKED, stream);
    expect(cut).toBe(true);
    expect(reply[0]?.blocks).toEqual([
      { type: 'text', text: 'Half' },
      { type: 'other', kind: 'error', json: expect.stringContaining('Overloaded') },
    ]);
  });

  test('OpenAI stream: text and tool calls come together', () => {
    const stream = `${chunks(
      { delta: { role: 'assistant', content: '' } },
      { delta: { content: 'Hel' } },
      { delta: { content: 'lo' } },
      { delta: { tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'add', arguments: '' } }] } },
      { delta: { tool_calls: [{ index: 0, function: { arguments: '{"a":2}' } }] } },
      { delta: {}, finish_reason: 'tool_calls' },
    )}data: [DONE]\n\n`;
    expect(read(ASKED, stream)).toMatchObject({
      cut: false,
      reply: [
        {
          role: 'assistant',
          blocks: [
            { type: 'text', text: 'Hello' },
            { type: 'tool_use', id: 'c1', name: 'add', input: '{\n  "a": 2\n}' },
          ],
        },
      ],
    });
    expect(read(ASKED, chunks({ delta: { content: 'Hel' } })).cut).toBe(true);
  });

  test.each([
    ['Anthropic', { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } }],
    ['OpenAI', { error: { message: 'Slow down', type: 'rate_limit' } }],
  ])('an error of %s is shown as one', (_, body) => {
    const { reply } = read(ASKED, body);
    expect(reply).toEqual([
      { role: 'error', blocks: [{ type: 'other', kind: 'error', json: expect.stringContaining('Slow down') }] },
    ]);
  });
});

describe('garbage', () => {
  test.each([
    ['not json', '<html>', '<html>'],
    ['half of json', '{"messages":[{"role":"us', '{"content":[{"type":"text"'],
    ['other json', '[1,2,3]', '7'],
    ['numbers in place of objects', '{"messages":[1,2]}', '{"content":3}'],
  ])('%s is shown as it is', (_, request, response) => {
    const { prompt, reply, raw } = conversationOf({ request, response });
    expect([prompt, reply]).toEqual([[], []]);
    expect(raw).toEqual([
      { part: 'request', text: request },
      { part: 'response', text: response },
    ]);
  });

  test('nothing at all is an empty conversation', () => {
    expect(conversationOf({ request: null, response: null })).toEqual({
      prompt: [],
      reply: [],
      tools: [],
      cut: false,
      omittedTurns: 0,
      raw: [],
    });
  });

  test('an unknown block is kept as json', () => {
    const { prompt } = read({
      messages: [{ role: 'user', content: [{ type: 'hologram', size: 3 }, null, 7, 'text'] }],
    });
    expect(prompt[0]?.blocks).toEqual([
      { type: 'other', kind: 'hologram', json: '{\n  "type": "hologram",\n  "size": 3\n}' },
      { type: 'text', text: 'text' },
    ]);
  });

  test('nesting without end comes to an end', () => {
    const depth = 20_000;
    const content = `${'[{"type":"tool_result","content":'.repeat(depth)}"deep"${'}]'.repeat(depth)}`;
    const { prompt } = conversationOf({
      request: `{"messages":[{"role":"user","content":${content}}]}`,
      response: null,
    });
    expect(JSON.stringify(prompt)).toContain('nested too deeply');
  });

  test('a script in a data url is not shown as an image', () => {
    const url = 'data:image/svg+xml;base64,PHN2Zz4=';
    const { prompt } = read({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] });
    expect(prompt[0]?.blocks[0]).toMatchObject({ type: 'image', dataUrl: null, link: null });
  });
});
