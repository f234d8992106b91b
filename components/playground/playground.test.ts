import { expect, test } from 'vitest';
import { answerFrom, NO_ANSWER, withEvent } from './answer';
import { type Draft, emptyDraft, newMessage, textBlock } from './draft';
import { bodyFor, problemsOf } from './request';
import { answerFromLog, draftFrom } from './restore';
import { toolsFrom } from './tools';

const CLAUDE = { id: 'claude-sonnet-5-5', format: 'messages', custom: false } as const;
const GPT = { id: 'gpt-5', format: 'chat', custom: false } as const;
const TOOL = { name: 'get_weather', description: 'Weather', input_schema: { type: 'object', properties: {} } };

function draft(changes: Partial<Draft> = {}): Draft {
  return { ...emptyDraft(CLAUDE.id), messages: [newMessage('user', [textBlock('Hi')])], ...changes };
}

/** A request with all that a Messages call can have, as a program would send it. */
const FULL = {
  model: 'claude-opus-5-5',
  max_tokens: 2000,
  stream: true,
  system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
        { type: 'text', text: 'What is it?', cache_control: { type: 'ephemeral' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
        { type: 'redacted_thinking', data: 'xyz' },
        { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Rain', is_error: true }] },
  ],
  temperature: 0.5,
  top_p: 0.9,
  stop_sequences: ['END', '\t'],
  thinking: { type: 'enabled', budget_tokens: 1500 },
  output_config: { effort: 'high', format: { type: 'json_schema', schema: { type: 'object' } } },
  tools: [TOOL, { type: 'web_search_20250305', name: 'web_search', max_uses: 2 }],
  tool_choice: { type: 'auto' },
};

test('a logged request comes back and is made again the same, block by block', () => {
  const restored = draftFrom(JSON.stringify(FULL), 'other');
  expect(restored && bodyFor(restored, { ...CLAUDE, id: 'claude-opus-5-5' })).toEqual(FULL);
  expect(restored && problemsOf(restored)).toEqual([]);
});

test('a logged chat completion comes back too, and speaks either language', () => {
  const chat = {
    model: 'gpt-5',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }] },
      {
        role: 'assistant',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Rain' },
      { role: 'user', content: 'And now?' },
    ],
    max_completion_tokens: 300,
    tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }],
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } },
  };
  const restored = draftFrom(JSON.stringify(chat), 'other');
  expect(restored && bodyFor(restored, GPT)).toMatchObject({ ...chat, response_format: { type: 'json_schema' } });
  const asMessages = restored && bodyFor(restored, CLAUDE);
  expect(asMessages).toMatchObject({
    system: 'Be brief.',
    tools: [{ name: 'get_weather', input_schema: { type: 'object' } }],
    output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
  });
  expect(asMessages).toHaveProperty('messages.2.content', [
    { type: 'tool_result', tool_use_id: 'call_1', content: 'Rain' },
    { type: 'text', text: 'And now?' },
  ]);
});

test('what is no request at all is not taken for one', () => {
  for (const body of ['', 'null', '[]', '{"input":[1]}', '{"messages":"x"}']) expect(draftFrom(body, 'm')).toBeNull();
});

test('variables are filled in from the chosen set; one without a value stops the run', () => {
  const set = { id: 'a', name: 'A', values: { city: 'Paris $& {{no}}' } };
  const asked = draft({
    messages: [newMessage('user', [textBlock('Weather in {{ city }}?')])],
    valueSets: [set],
    valueSet: 'a',
  });
  expect(bodyFor(asked, CLAUDE)).toMatchObject({
    messages: [{ role: 'user', content: 'Weather in Paris $& {{no}}?' }],
  });
  expect(problemsOf(asked)).toEqual([]);
  expect(problemsOf({ ...asked, valueSets: [{ ...set, values: {} }] })[0]).toContain('{{city}}');
});

test('what was typed wrong is told in words, and nothing else is', () => {
  const { settings } = draft();
  expect(problemsOf(draft({ messages: [newMessage('user')] }))).toEqual(['Write a message first.']);
  expect(problemsOf(draft({ settings: { ...settings, maxTokens: '1.5' } }))[0]).toContain('whole number');
  expect(problemsOf(draft({ settings: { ...settings, maxTokens: '' } }))[0]).toContain('needed');
  expect(problemsOf(draft({ settings: { ...settings, temperature: '3' } }))[0]).toContain('Temperature');
  expect(problemsOf(draft({ settings: { ...settings, thinkingTokens: '1' } }))).toEqual([]);
  expect(problemsOf(draft({ outputSchema: '[]' }))[0]).toContain('JSON object');
  expect(problemsOf(draft({ tools: '{' }))[0]).toContain('not JSON');
  expect(problemsOf(draft({ tools: '{}' }))[0]).toContain('array');
  expect(toolsFrom(JSON.stringify([TOOL, TOOL]))).toMatchObject({
    ok: false,
    problem: 'Two tools are called get_weather.',
  });
  expect(toolsFrom(JSON.stringify([{ name: 'a b', input_schema: { type: 'object' } }]))).toMatchObject({ ok: false });
  expect(toolsFrom(JSON.stringify([{ name: 'a', input_schema: { type: 'string' } }]))).toMatchObject({ ok: false });
});

test('a stream of messages becomes the blocks that it amounts to', () => {
  const events = [
    { type: 'message_start', message: {} },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '', citations: null } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hel' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'lo' } },
    { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'f', input: {} } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"a":' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '1}' } },
    { type: 'something_new' },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
  ];
  const answer = events.map((event) => JSON.stringify(event)).reduce(withEvent, NO_ANSWER);
  expect(answer).toEqual({
    blocks: [
      { type: 'thinking', text: 'Hm', signature: 'c2ln' },
      { type: 'text', text: 'Hello', cache: null },
      { type: 'tool_use', id: 't', name: 'f', input: '{"a":1}', cache: null },
    ],
    stopReason: 'tool_use',
    failure: null,
    complete: false,
  });
  expect(withEvent(answer, '{"type":"message_stop"}').complete).toBe(true);
  const failed = withEvent(answer, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}');
  expect(failed).toMatchObject({ failure: 'Overloaded', complete: true });
});

test('so does a stream of chat completions, and a logged stream as a whole', async () => {
  const chunks = [
    { choices: [{ delta: { role: 'assistant', content: 'Hel' } }] },
    { choices: [{ delta: { content: 'lo' } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{' } }] } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '}' } }] }, finish_reason: 'tool_calls' }] },
    { choices: [], usage: { prompt_tokens: 1 } },
  ];
  const stream = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
  expect(await answerFromLog(stream)).toEqual({
    blocks: [textBlock('Hello'), { type: 'tool_use', id: 'c', name: 'f', input: '{}', cache: null }],
    stopReason: 'tool_calls',
    failure: null,
    complete: true,
  });
  expect((await answerFromLog('{"error":{"type":"x","message":"No"}}')).failure).toBe('No');
  expect(
    answerFrom({ content: [{ type: 'text', text: 'Hi', citations: [{ type: 'x' }] }], stop_reason: 'end_turn' }).blocks,
  ).toEqual([textBlock('Hi')]);
});

test('an empty text and unsigned thinking are not sent', () => {
  const turn = newMessage('assistant', [
    { type: 'thinking', text: 'Hm', signature: '' },
    textBlock('Yes'),
    textBlock(' '),
  ]);
  const body = bodyFor(draft({ messages: [newMessage('user', [textBlock('Hi')]), turn, newMessage('user')] }), CLAUDE);
  expect(body).toHaveProperty('messages', [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: [{ type: 'text', text: 'Yes' }] },
  ]);
});
