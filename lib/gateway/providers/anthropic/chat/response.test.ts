import { describe, expect, it } from 'vitest';
import { toChatCompletion } from './response';

const context = { id: '0190-log', createdSeconds: 1_795_000_000, requestedModel: 'claude-opus-4-5' };
const usage = { input_tokens: 10, output_tokens: 5 };
const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'sig' };
const redacted = { type: 'redacted_thinking', data: 'abc' };
const weather = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Oslo' } };

function answer(content: unknown[], stop: object = { stop_reason: 'end_turn' }, extra = {}) {
  const message = { type: 'message', role: 'assistant', model: 'claude-opus-4-5-20251101', content, usage, ...stop };
  return toChatCompletion(message, { ...context, ...extra });
}

describe('toChatCompletion', () => {
  it('answers as OpenAI does', () => {
    expect(
      answer([
        { type: 'text', text: 'Hello' },
        { type: 'text', text: ' world' },
      ]),
    ).toEqual({
      id: 'chatcmpl-0190-log',
      object: 'chat.completion',
      created: 1_795_000_000,
      model: 'claude-opus-4-5-20251101',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello world', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_tokens_details: { audio_tokens: 0, cached_tokens: 0, cache_creation_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 0,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
      },
      service_tier: null,
      system_fingerprint: null,
    });
  });

  it('counts cached tokens into the prompt and thinking into the completion', () => {
    const reported = {
      input_tokens: 18,
      cache_read_input_tokens: 2601,
      cache_creation_input_tokens: null,
      cache_creation: null,
      output_tokens: 20,
      output_tokens_details: { thinking_tokens: 12 },
      service_tier: 'standard',
    };
    expect(toChatCompletion({ usage: reported }, context)).toMatchObject({
      usage: {
        prompt_tokens: 2619,
        completion_tokens: 20,
        total_tokens: 2639,
        prompt_tokens_details: { cached_tokens: 2601, cache_creation_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 12 },
      },
      service_tier: 'default',
    });
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    ['something_new', 'stop'],
    ['constructor', 'stop'],
  ])('finishes %s as %s', (stop_reason, finish_reason) => {
    expect(answer([], { stop_reason })).toMatchObject({ choices: [{ finish_reason }] });
  });

  it.each<[string, unknown[], object, object]>([
    [
      'tool calls',
      [{ type: 'text', text: 'Looking.' }, weather, { type: 'tool_use', id: 'toolu_2', name: 'time', input: {} }],
      { stop_reason: 'tool_use' },
      {
        role: 'assistant',
        content: 'Looking.',
        refusal: null,
        tool_calls: [
          { id: 'toolu_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          { id: 'toolu_2', type: 'function', function: { name: 'time', arguments: '{}' } },
        ],
      },
    ],
    [
      'thinking',
      [thinking, redacted, { type: 'text', text: 'So.' }],
      { stop_reason: 'end_turn' },
      {
        role: 'assistant',
        content: 'So.',
        refusal: null,
        reasoning_content: 'Hm.',
        thinking_blocks: [thinking, redacted],
      },
    ],
    [
      'a refusal',
      [],
      { stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'cyber', explanation: 'No.' } },
      { role: 'assistant', content: null, refusal: 'No.' },
    ],
    [
      'a refusal in mid-answer',
      [{ type: 'text', text: 'First' }],
      { stop_reason: 'refusal', stop_details: null },
      { role: 'assistant', content: 'First', refusal: 'The model declined to answer this request.' },
    ],
    [
      'citations of pages, and of documents which have no shape here',
      [
        { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
        { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
        { type: 'text', text: 'It is ' },
        {
          type: 'text',
          text: 'far',
          citations: [
            { type: 'web_search_result_location', url: 'https://a.example', title: null, cited_text: 'far' },
            { type: 'char_location', document_index: 0, cited_text: 'far' },
          ],
        },
      ],
      { stop_reason: 'end_turn' },
      {
        role: 'assistant',
        content: 'It is far',
        refusal: null,
        annotations: [
          { type: 'url_citation', url_citation: { url: 'https://a.example', title: '', start_index: 6, end_index: 9 } },
        ],
      },
    ],
  ])('translates %s', (_name, content, stop, message) => {
    expect(answer(content, stop).choices).toMatchObject([{ message }]);
    expect(JSON.parse(JSON.stringify(answer(content, stop).choices))[0].message).toEqual(message);
  });

  it('says null for content where there is only a call, and answers older callers with function_call', () => {
    const stop = { stop_reason: 'tool_use' };
    expect(answer([weather], stop)).toMatchObject({ choices: [{ message: { content: null } }] });
    expect(answer([weather], stop, { legacyFunctions: true }).choices).toEqual([
      {
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          refusal: null,
          function_call: { name: 'weather', arguments: '{"city":"Oslo"}' },
        },
        logprobs: null,
        finish_reason: 'function_call',
      },
    ]);
  });
});
