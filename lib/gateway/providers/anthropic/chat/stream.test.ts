import { describe, expect, it } from 'vitest';
import { readEvents } from './fixtures/read';
import { asArray, asRecord, type JsonRecord } from './json';
import { createChatStream } from './stream';

const context = {
  id: '0190-log',
  createdSeconds: 1_795_000_000,
  requestedModel: 'claude-opus-5-5',
  includeUsage: false,
};

function translate(name: string, options: { includeUsage?: boolean; legacyFunctions?: boolean } = {}): string[] {
  const stream = createChatStream({ ...context, ...options });
  return [...readEvents(name).flatMap((event) => stream.push(event)), ...stream.end()];
}

/** The JSON of each frame that has one, checked for the form that a client splits on. */
function chunks(frames: readonly string[]): JsonRecord[] {
  return frames
    .filter((frame) => frame.startsWith('data: {'))
    .map((frame) => {
      expect(frame).toMatch(/^data: [^\n]*\n\n$/);
      return asRecord(JSON.parse(frame.slice('data: '.length)));
    });
}

function choice(chunk: JsonRecord): JsonRecord {
  return asRecord(asArray(chunk.choices)[0]);
}

function deltas(name: string, options = {}): JsonRecord[] {
  return chunks(translate(name, options))
    .map((chunk) => asRecord(choice(chunk).delta))
    .filter((delta) => Object.keys(delta).length > 0);
}

function finishReason(name: string, options = {}): unknown {
  return chunks(translate(name, options))
    .map((chunk) => choice(chunk).finish_reason)
    .find((reason) => reason !== null && reason !== undefined);
}

const role = { role: 'assistant', content: '' };
const call = (index: number, id: string, name: string) => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
});
const args = (index: number, json: string) => ({ tool_calls: [{ index, function: { arguments: json } }] });

describe('createChatStream', () => {
  it('sends text as whole chunks, role first, finish and [DONE] last', () => {
    const frames = translate('text');
    const delta = { id: 'chatcmpl-0190-log', object: 'chat.completion.chunk', created: 1_795_000_000 };
    const shared = { ...delta, model: 'claude-opus-5-5', system_fingerprint: null };
    const withDelta = (value: object, finish: string | null = null) => ({
      ...shared,
      choices: [{ index: 0, delta: value, logprobs: null, finish_reason: finish }],
    });
    expect(chunks(frames)).toEqual([
      withDelta(role),
      withDelta({ content: 'Hello' }),
      withDelta({ content: ', "wörld" 🌍\n' }),
      withDelta({ content: 'done.' }),
      withDelta({}, 'stop'),
    ]);
    expect(frames[1]).toBe(': ping\n\n');
    expect(frames.at(-1)).toBe('data: [DONE]\n\n');
    expect(frames).toHaveLength(7);
  });

  it.each<[string, JsonRecord[], string]>([
    [
      'parallel-tools',
      [
        role,
        { content: 'Let me look ' },
        { content: 'that up.' },
        call(0, 'toolu_01A', 'get_weather'),
        args(0, '{"city": '),
        args(0, '"Paris"'),
        args(0, ', "days": 2}'),
        call(1, 'toolu_01B', 'get_time'),
        args(1, '{}'),
        call(2, 'toolu_01C', 'get_weather'),
        args(2, '{"city": "Oslo"}'),
      ],
      'tool_calls',
    ],
    [
      'thinking',
      [
        role,
        { reasoning_content: 'Let me think. ' },
        { reasoning_content: '27 * 453 = 12231.' },
        { content: 'It is ' },
        { content: '12231.' },
        call(0, 'toolu_01T', 'note'),
        args(0, '{"n":12231}'),
        {
          thinking_blocks: [
            {
              type: 'thinking',
              thinking: 'Let me think. 27 * 453 = 12231.',
              signature: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3h',
            },
            { type: 'redacted_thinking', data: 'EmwKAhgBEgy3va3pzix' },
          ],
        },
      ],
      'tool_calls',
    ],
    [
      'thinking-omitted',
      [
        role,
        { content: '12231' },
        { thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'EosnCkYICxIMMb3LzNrMu' }] },
      ],
      'stop',
    ],
    ['refusal', [role, { refusal: 'This request was declined under the usage policy.' }], 'content_filter'],
    [
      'refusal-mid-stream',
      [
        role,
        { content: 'First, ' },
        { content: 'you would' },
        { refusal: 'The model declined to answer this request.' },
      ],
      'content_filter',
    ],
    [
      'max-tokens-in-tool',
      [role, call(0, 'toolu_01M', 'write_file'), args(0, '{"path": "a.txt", '), args(0, '"text": "Once upon')],
      'length',
    ],
    [
      'server-tools',
      [
        role,
        { content: 'I will search. ' },
        { content: 'The Moon is ' },
        { content: '384,400 km' },
        { content: ' away' },
        { content: '.' },
        {
          annotations: [
            {
              type: 'url_citation',
              url_citation: { url: 'https://example.com/moon', title: 'The Moon', start_index: 27, end_index: 42 },
            },
          ],
        },
      ],
      'stop',
    ],
    ['unknown-events', [role, { content: 'Still here' }], 'stop'],
    ['two-message-deltas', [role, { content: 'Hi' }], 'stop'],
    ['context-window', [role, { content: 'And so' }], 'length'],
  ])('translates %s', (name, expectedDeltas, expectedFinish) => {
    expect(deltas(name)).toEqual(expectedDeltas);
    expect(finishReason(name)).toBe(expectedFinish);
    expect(translate(name).at(-1)).toBe('data: [DONE]\n\n');
  });

  it('sends the usage once, last, without choices, and only when it is asked for', () => {
    const asked = chunks(translate('text-cached', { includeUsage: true }));
    expect(asked.at(-1)).toMatchObject({
      choices: [],
      usage: {
        prompt_tokens: 2069,
        completion_tokens: 503,
        total_tokens: 2572,
        prompt_tokens_details: { cached_tokens: 1800, cache_creation_tokens: 248 },
        cache_creation_input_tokens: 248,
        cache_read_input_tokens: 1800,
      },
    });
    expect(asked.slice(0, -1).map((chunk) => chunk.usage)).toEqual(asked.slice(0, -1).map(() => null));
    expect(chunks(translate('text-cached')).some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('takes the totals of the last message_delta', () => {
    const [usage] = chunks(translate('two-message-deltas', { includeUsage: true })).slice(-1);
    expect(usage).toMatchObject({ usage: { prompt_tokens: 25, completion_tokens: 4 } });
    expect(chunks(translate('server-tools', { includeUsage: true })).at(-1)).toMatchObject({
      usage: { prompt_tokens: 10_682 },
    });
    expect(chunks(translate('thinking', { includeUsage: true })).at(-1)).toMatchObject({
      usage: { completion_tokens: 412, completion_tokens_details: { reasoning_tokens: 350 } },
    });
  });

  it('ends a failed stream with an error and no [DONE]', () => {
    const frames = translate('error-mid-stream');
    expect(JSON.parse(frames.at(-1)?.slice(6) ?? '')).toEqual({
      error: { message: 'Overloaded', type: 'overloaded_error', param: null, code: 'overloaded_error' },
    });
    expect(frames).not.toContain('data: [DONE]\n\n');
    expect(finishReason('error-mid-stream')).toBeUndefined();
  });

  it('ends a cut stream with an error and no [DONE]', () => {
    const frames = translate('cut');
    expect(JSON.parse(frames.at(-1)?.slice(6) ?? '')).toMatchObject({
      error: { message: "The provider's stream ended early.", type: 'api_error' },
    });
    expect(frames).not.toContain('data: [DONE]\n\n');
  });

  it('says nothing more after its end', () => {
    for (const name of ['text', 'error-mid-stream']) {
      const stream = createChatStream(context);
      for (const event of readEvents(name)) stream.push(event);
      expect(stream.push({ event: 'content_block_start', data: { type: 'content_block_start', index: 9 } })).toEqual(
        [],
      );
      expect(stream.push({ event: 'message_stop', data: { type: 'message_stop' } })).toEqual([]);
      expect(stream.end()).toEqual([]);
    }
    const cut = createChatStream(context);
    expect(cut.end()).toHaveLength(1);
    expect(cut.end()).toEqual([]);
  });

  it('answers callers of the older functions with function_call', () => {
    expect(deltas('parallel-tools', { legacyFunctions: true }).slice(3)).toEqual([
      { function_call: { name: 'get_weather', arguments: '' } },
      { function_call: { arguments: '{"city": ' } },
      { function_call: { arguments: '"Paris"' } },
      { function_call: { arguments: ', "days": 2}' } },
    ]);
    expect(finishReason('parallel-tools', { legacyFunctions: true })).toBe('function_call');
  });

  it('names the model that answers, and keeps an id that is one already', () => {
    const stream = createChatStream({ ...context, id: 'chatcmpl-7', requestedModel: 'claude-opus-4-5' });
    const message = { model: 'claude-opus-4-5-20251101', usage: {} };
    const [first] = chunks(stream.push({ event: 'message_start', data: { type: 'message_start', message } }));
    expect(first).toMatchObject({ id: 'chatcmpl-7', model: 'claude-opus-4-5-20251101' });
  });
});
