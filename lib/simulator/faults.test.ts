import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from './server';
import { framesOf, KEY, messageBody, post, simulatorWithClient } from './test-client';

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
const stream = (content: string) => client.messages.stream(ask(content)).finalMessage();
const streamText = async (content: string) => {
  const response = await post(simulator, '/v1/messages', { ...ask(content), stream: true });
  return response.text();
};

describe('an error instead of an answer', () => {
  it('429 with retry-after, by marker and by header', async () => {
    const failed = await client.messages.create(ask('[[fault:429 retry_after=7]]')).catch((error) => error);
    expect(failed).toMatchObject({ status: 429, type: 'rate_limit_error' });
    expect(failed.headers.get('retry-after')).toBe('7');
    const response = await post(simulator, '/v1/messages', messageBody(), {
      'x-simulator-fault': '429 retry_after=none',
    });
    expect(response.status).toBe(429);
    expect(response.headers.has('retry-after')).toBe(false);
  });

  it.each([
    [500, 'api_error', 'Internal server error'],
    [529, 'overloaded_error', 'Overloaded'],
    [403, 'permission_error', 'Simulated error 403'],
    [504, 'timeout_error', 'Simulated error 504'],
  ])('%d %s', async (status, type, message) => {
    const response = await post(simulator, '/v1/messages', messageBody({ stream: true }), {
      'x-simulator-fault': `${status}`,
    });
    expect(response.status).toBe(status);
    const body = await response.json();
    expect(body).toEqual({ type: 'error', error: { type, message }, request_id: response.headers.get('request-id') });
  });

  it('with a text and a code of its own, or as a page', async () => {
    const headers = { 'x-simulator-fault': '429 message=Spend_cap code=enforced_spend_limit_reached' };
    const body = await (await post(simulator, '/v1/messages', messageBody(), headers)).json();
    expect(body.error).toEqual({
      type: 'rate_limit_error',
      message: 'Spend cap',
      details: { error_code: 'enforced_spend_limit_reached' },
    });
    const page = await post(simulator, '/v1/messages', messageBody(), { 'x-simulator-fault': '502 body=html' });
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('a closed connection', async () => {
    await expect(client.messages.create(ask('[[fault:drop]]'))).rejects.toBeInstanceOf(APIConnectionError);
  });

  it('an unknown fault is a 400 that says so', async () => {
    await expect(client.messages.create(ask('[[fault:earthquake]]'))).rejects.toMatchObject({
      status: 400,
      apiMessage: 'simulator: unknown fault "earthquake"',
    });
    await expect(client.messages.create(ask('[[fault:stall after=x]]'))).rejects.toMatchObject({ status: 400 });
  });
});

describe('times=n', () => {
  it('fails the first n requests, so that retries get through', async () => {
    const retrying = new Anthropic({ apiKey: KEY, baseURL: simulator.url, maxRetries: 2 });
    const before = simulator.requests.length;
    const message = await retrying.messages.create(ask('[[fault:529 times=1 id=retry]] [[reply:made it]]'));
    expect(message.content[0]).toMatchObject({ text: 'made it' });
    expect(simulator.requests.length - before).toBe(2);
  });

  it('counts by id and key', async () => {
    const text = '[[fault:500 times=1 id=counted]]';
    await expect(client.messages.create(ask(text))).rejects.toMatchObject({ status: 500 });
    await expect(client.messages.create(ask(`${text} again`))).resolves.toBeDefined();
    const other = await post(simulator, '/v1/messages', ask(text), { 'x-api-key': 'sk-ant-other' });
    expect(other.status).toBe(500);
  });
});

describe('in mid-stream', () => {
  it('slow: the first byte comes late', async () => {
    const startedAt = performance.now();
    await stream('[[fault:slow ms=200]]');
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });

  it('stall: silence between two deltas', async () => {
    const arrivals: number[] = [];
    const stalled = client.messages.stream(ask('[[fault:stall ms=300 after=2]]'));
    stalled.on('text', () => arrivals.push(performance.now()));
    await stalled.finalMessage();
    const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? at));
    expect(gaps.findIndex((gap) => gap > 250)).toBe(1);
  });

  it('stall: for ever, until the client leaves', async () => {
    const controller = new AbortController();
    const response = await fetch(`${simulator.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ ...ask('[[fault:stall after=0]]'), stream: true }),
      signal: controller.signal,
    });
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain('message_start');
    controller.abort();
    await expect(reader?.read()).rejects.toThrow();
  });

  it('cut: what was sent arrives, then the connection breaks', async () => {
    let text = '';
    const cut = client.messages.stream(ask('[[fault:cut after=3]]'));
    cut.on('text', (delta) => {
      text += delta;
    });
    await expect(cut.finalMessage()).rejects.toThrow();
    expect(text.length).toBeGreaterThan(20);
    await expect(client.messages.create(ask('[[fault:cut]]'))).rejects.toBeInstanceOf(Error);
  });

  it('end: the stream is over without its last events', async () => {
    const frames = framesOf(await streamText('[[fault:end after=2]]'));
    expect(frames.filter(({ event }) => event === 'content_block_delta')).toHaveLength(2);
    expect(frames.at(-1)?.event).toBe('content_block_delta');
  });

  it('error: an error event, then the end', async () => {
    const failed = await stream('[[fault:error after=1]]').catch((error) => error);
    expect(failed).toBeInstanceOf(APIError);
    expect(failed).toMatchObject({ status: undefined, type: 'overloaded_error' });
    const frames = framesOf(await streamText('[[fault:error type=api_error]]'));
    expect(frames.at(-1)).toMatchObject({ event: 'error', data: { error: { type: 'api_error' } } });
    await expect(client.messages.create(ask('[[fault:error]]'))).rejects.toMatchObject({ status: 529 });
  });

  it('malformed: one frame is no JSON, the rest follows', async () => {
    const text = await streamText('[[fault:malformed after=1]]');
    expect(() => framesOf(text)).toThrow();
    expect(text).toContain('event: message_stop');
    await expect(client.messages.create(ask('[[fault:malformed]]'))).rejects.toThrow();
  });

  it('deltas: two message_delta events, the last one holds the totals', async () => {
    const deltas = framesOf(await streamText('[[fault:deltas]] [[tokens:out=90]]')).filter(
      ({ event }) => event === 'message_delta',
    );
    expect(deltas.map(({ data }) => data.usage)).toMatchObject([{ output_tokens: 45 }, { output_tokens: 90 }]);
  });
});

describe('refusal', () => {
  it('before any output', async () => {
    const message = await client.messages.create(ask('[[fault:refusal category=bio]]'));
    expect(message).toMatchObject({
      content: [],
      stop_reason: 'refusal',
      stop_details: { type: 'refusal', category: 'bio', explanation: expect.any(String) },
      usage: { output_tokens: 0 },
    });
    const frames = framesOf(await streamText('[[fault:refusal category=none]]'));
    expect(frames.map(({ event }) => event)).toEqual(['message_start', 'message_delta', 'message_stop']);
    expect(frames[1]?.data.delta).toMatchObject({ stop_details: { category: null } });
  });

  it('in mid-stream, after the open block was closed', async () => {
    const message = await stream('[[reply:0123456789]] [[fault:refusal when=mid]]');
    expect(message).toMatchObject({ stop_reason: 'refusal', content: [{ text: '01234' }] });
    expect(message.usage.output_tokens).toBeGreaterThan(0);
  });
});

describe('gzip', () => {
  it.each([true, false])('compresses the answer (stream: %s)', async (isStream) => {
    const body = { ...ask('Hello'), stream: isStream };
    const response = await post(simulator, '/v1/messages', body, { 'x-simulator-fault': 'gzip; slow ms=1' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const text = await response.text();
    if (isStream) expect(framesOf(text).at(-1)?.event).toBe('message_stop');
    else expect(JSON.parse(text)).toMatchObject({ type: 'message' });
  });
});
