import { describe, expect, it } from 'vitest';
import { SseFrames } from '../../stream/sse-frames';
import { OpenAiMeter } from './meter';

const chunk = (data: object) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'gpt-5.1', ...data })}\n\n`;
const delta = (content: string, more: object = {}) =>
  chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }], usage: null, ...more });
const finish = (reason = 'stop', index = 0) => chunk({ choices: [{ index, delta: {}, finish_reason: reason }] });
const event = (type: string, data: object = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const DONE = 'data: [DONE]\n\n';

function read(stream: string, piece = stream.length, request: string | null = null) {
  const meter = new OpenAiMeter();
  const frames = new SseFrames();
  const bytes = Buffer.from(stream);
  for (let at = 0; at < bytes.length; at += piece)
    for (const frame of frames.push(bytes.subarray(at, at + piece))) meter.frame(frame);
  meter.closed();
  const sent = request === null ? null : Buffer.from(request);
  return {
    meter,
    ...meter.reading(
      () => bytes,
      () => sent,
    ),
  };
}

function readJson(body: unknown) {
  const meter = new OpenAiMeter();
  meter.json(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
  return meter.reading(
    () => Buffer.alloc(0),
    () => null,
  );
}

describe('a chat completion', () => {
  it('tells what was cached and what was thought, each token once', () => {
    const reading = readJson({
      model: 'gpt-5.1-2025-11-13',
      service_tier: 'default',
      choices: [{ message: { role: 'assistant', content: 'Hello\nthere' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 2619,
        completion_tokens: 20,
        prompt_tokens_details: { cached_tokens: 2601 },
        completion_tokens_details: { reasoning_tokens: 12 },
      },
    });
    expect(reading).toMatchObject({
      complete: true,
      model: 'gpt-5.1-2025-11-13',
      stopReason: 'stop',
      replyPreview: 'Hello',
      usage: { inputTokens: 18, cacheReadTokens: 2601, outputTokens: 20, reasoningTokens: 12, serviceTier: 'default' },
    });
  });

  it.each([
    [
      'an error object',
      { error: { message: 'No such model', type: 'invalid_request_error', code: 'model_not_found' } },
      'invalid_request_error',
      'No such model',
    ],
    ['an error as a sentence', { error: 'model not loaded' }, 'api_error', 'model not loaded'],
    [
      'an older vLLM error',
      { object: 'error', message: 'too long', type: 'BadRequestError', code: 400 },
      'BadRequestError',
      'too long',
    ],
  ])('%s is an error', (_, body, type, message) => {
    expect(readJson(body)).toMatchObject({ error: { type, message }, usage: null });
  });

  it.each(['', 'null', '[]', '{', '{"usage":null}', '{"choices":[null],"usage":{"prompt_tokens":"many"}}'])(
    'nothing is made up from %j',
    (body) => {
      expect(readJson(body)).toMatchObject({ usage: null, error: null });
    },
  );
});

describe('a stream of chunks', () => {
  const usage = { prompt_tokens: 10, completion_tokens: 42, prompt_tokens_details: { cached_tokens: 4 } };
  const whole =
    chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }) +
    delta('First line\n') +
    // What a model writes about usage is no usage.
    delta('{"usage": {"prompt_tokens": 1}, "finish_reason":"stop"}').repeat(20) +
    finish() +
    chunk({ choices: [], usage, service_tier: 'flex' }) +
    DONE;

  it.each([1, 7, 64, 100_000])('reads the same in pieces of %i bytes', (piece) => {
    const { meter, ...reading } = read(whole, piece);
    expect(meter).toMatchObject({ contentBegan: true, ended: true });
    expect(reading).toMatchObject({
      complete: true,
      stopReason: 'stop',
      model: 'gpt-5.1',
      replyPreview: 'First line',
      error: null,
      usage: { inputTokens: 6, cacheReadTokens: 4, outputTokens: 42, serviceTier: 'flex', estimated: false },
    });
  });

  it('without usage it is estimated from what was sent and relayed, and says so', () => {
    const request = JSON.stringify({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'x'.repeat(400) },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(9000)}` } },
          ],
        },
      ],
    });
    const { usage: estimated } = read(delta('y'.repeat(40)) + finish() + DONE, 50, request);
    expect(estimated).toMatchObject({ inputTokens: 100, outputTokens: 10, estimated: true });
  });

  it('is whole without the last mark when every choice is finished, and cut when one is not', () => {
    expect(read(delta('a') + finish())).toMatchObject({ complete: true });
    const second = chunk({ choices: [{ index: 1, delta: { content: 'b' }, finish_reason: null }] });
    expect(read(delta('a') + second + finish())).toMatchObject({ complete: false });
    expect(read(delta('a') + second + finish() + finish('length', 1))).toMatchObject({
      complete: true,
      stopReason: 'stop',
    });
    expect(read('')).toMatchObject({ complete: false, usage: null });
  });

  it('an error in it ends it', () => {
    const { meter, ...reading } = read(
      `${delta('a')}data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n`,
    );
    expect(meter.ended).toBe(true);
    expect(reading).toMatchObject({ complete: false, error: { type: 'server_error', message: 'overloaded' } });
  });

  it('tool calls are named, and their arguments counted', () => {
    const call = (part: object) =>
      chunk({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...part }] }, finish_reason: null }] });
    const reading = read(
      call({ id: 'c', type: 'function', function: { name: 'get_weather', arguments: '' } }) +
        call({ function: { arguments: '{"city":"Oslo"}' } }) +
        finish('tool_calls') +
        DONE,
    );
    expect(reading).toMatchObject({ replyPreview: 'Calls get_weather', stopReason: 'tool_calls' });
    // 11 characters of the name and 15 of the arguments.
    expect(reading.usage?.outputTokens).toBe(7);
  });
});

describe('Responses', () => {
  const response = {
    id: 'resp_1',
    object: 'response',
    model: 'gpt-5.1',
    status: 'completed',
    service_tier: 'default',
    output: [
      { type: 'reasoning', summary: [] },
      { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } },
      { type: 'web_search_call', status: 'completed', action: { type: 'open_page', url: 'x' } },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'It rains.\nMuch.' }] },
    ],
    usage: {
      input_tokens: 100,
      output_tokens: 30,
      input_tokens_details: { cached_tokens: 64 },
      output_tokens_details: { reasoning_tokens: 20 },
    },
  };
  const usage = { inputTokens: 36, cacheReadTokens: 64, outputTokens: 30, reasoningTokens: 20, webSearches: 1 };

  it('as JSON', () => {
    expect(readJson(response)).toMatchObject({
      usage,
      replyPreview: 'It rains.',
      stopReason: 'completed',
      complete: true,
    });
  });

  it('as events', () => {
    const { meter, ...reading } = read(
      event('response.created', { response: { ...response, status: 'in_progress', output: [], usage: null } }) +
        event('response.output_text.delta', { delta: 'It rains.\n' }) +
        event('response.output_text.delta', { delta: 'Much.' }).repeat(5) +
        event('response.completed', { response }),
      33,
    );
    expect(meter).toMatchObject({ contentBegan: true, ended: true });
    expect(reading).toMatchObject({ usage, replyPreview: 'It rains.', complete: true });
  });

  it('cut short, incomplete and failed', () => {
    const began = event('response.output_text.delta', { delta: 'a\nbcdefgh' });
    expect(read(began)).toMatchObject({ complete: false, usage: { outputTokens: 3, estimated: true } });
    const incomplete = { ...response, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    expect(read(began + event('response.incomplete', { response: incomplete }))).toMatchObject({
      complete: true,
      stopReason: 'max_output_tokens',
    });
    const failed = { ...response, status: 'failed', error: { code: 'server_error', message: 'Broke' }, usage: null };
    expect(read(began + event('response.failed', { response: failed }))).toMatchObject({
      error: { type: 'server_error', message: 'Broke' },
    });
    expect(read(event('error', { code: 'rate_limit_exceeded', message: 'Slow down' }))).toMatchObject({
      error: { type: 'rate_limit_exceeded', message: 'Slow down' },
      usage: null,
    });
  });
});

it('embeddings', () => {
  expect(
    readJson({
      object: 'list',
      model: 'text-embedding-3-small',
      data: [{ embedding: [0.1] }],
      usage: { prompt_tokens: 8, total_tokens: 8 },
    }),
  ).toMatchObject({ model: 'text-embedding-3-small', usage: { inputTokens: 8, outputTokens: 0 }, complete: true });
});
