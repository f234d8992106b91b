import { createServer, type IncomingMessage, type Server } from 'node:http';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toChatError } from './error';
import { readEvents, readStream } from './fixtures/read';
import { asArray, asRecord } from './json';
import { toMessagesRequest } from './request';
import { toChatCompletion } from './response';
import { createChatStream } from './stream';

/**
 * Both official SDKs around the translation: one reads a recorded stream as Anthropic's own, the other reads what became
 * of it. Requests name the recording as the model.
 */
let server: Server;
let openai: OpenAI;
let anthropic: Anthropic;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = asRecord(JSON.parse(await readBody(request)));
    const name = String(body.model);
    if (name === 'fails') {
      const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
      response.writeHead(529, { 'content-type': 'application/json' });
      response.end(JSON.stringify(toChatError(529, overloaded)));
      return;
    }
    if (request.url?.startsWith('/v1/messages')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(readStream(name));
      return;
    }
    const context = { id: 'log-1', createdSeconds: 1, requestedModel: name };
    if (body.stream !== true) {
      const message = await anthropic.messages
        .stream({ model: name, max_tokens: 9, messages: [{ role: 'user', content: 'x' }] })
        .finalMessage();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(toChatCompletion(message, context)));
      return;
    }
    const translated = toMessagesRequest(body);
    const stream = createChatStream({ ...context, includeUsage: translated.ok && translated.includeUsage });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of readEvents(name)) for (const text of stream.push(event)) response.write(text);
    for (const text of stream.end()) response.write(text);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  openai = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/api`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}`, maxRetries: 0 });
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const messages = [{ role: 'user' as const, content: 'Hi' }];
const streamed = (model: string) =>
  openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });

describe('the OpenAI SDK', () => {
  it('reads text, and the usage of a cached prompt', async () => {
    const deltas: string[] = [];
    const stream = streamed('text').on('content', (delta) => deltas.push(delta));
    expect(await stream.finalContent()).toBe('Hello, "wörld" 🌍\ndone.');
    expect(deltas).toEqual(['Hello', ', "wörld" 🌍\n', 'done.']);
    const cached = await streamed('text-cached').finalChatCompletion();
    expect(cached.usage).toMatchObject({
      prompt_tokens: 2069,
      completion_tokens: 503,
      prompt_tokens_details: { cached_tokens: 1800 },
    });
    expect(cached).toMatchObject({ id: 'chatcmpl-log-1', model: 'claude-opus-5-5', created: 1 });
  });

  it('puts parallel tool calls together', async () => {
    const completion = await streamed('parallel-tools').finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: 'Let me look that up.',
        tool_calls: [
          {
            id: 'toolu_01A',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"city": "Paris", "days": 2}' },
          },
          { id: 'toolu_01B', type: 'function', function: { name: 'get_time', arguments: '{}' } },
          { id: 'toolu_01C', type: 'function', function: { name: 'get_weather', arguments: '{"city": "Oslo"}' } },
        ],
      },
    });
  });

  it('hands a streamed answer with signed thinking back for the next turn', async () => {
    const completion = await streamed('thinking').finalChatCompletion();
    const message = completion.choices[0]?.message;
    const answer = { role: 'tool' as const, tool_call_id: 'toolu_01T', content: 'noted' };
    const next = toMessagesRequest({ model: 'claude-opus-5-5', messages: [...messages, message, answer] });
    expect(next).toMatchObject({
      ok: true,
      warnings: [],
      request: {
        messages: [
          { role: 'user' },
          {
            role: 'assistant',
            content: [
              {
                type: 'thinking',
                thinking: 'Let me think. 27 * 453 = 12231.',
                signature: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3h',
              },
              { type: 'redacted_thinking', data: 'EmwKAhgBEgy3va3pzix' },
              { type: 'text', text: 'It is 12231.' },
              { type: 'tool_use', id: 'toolu_01T', name: 'note', input: { n: 12231 } },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01T' }] },
        ],
      },
    });
  });

  it.each([
    'text',
    'text-cached',
    'parallel-tools',
    'thinking',
    'thinking-omitted',
    'thinking-interleaved',
    'refusal',
    'refusal-mid-stream',
    'server-tools',
    'context-window',
  ])('reads %s alike, streamed or not', async (name) => {
    const whole = await openai.chat.completions.create({ model: name, messages });
    const pieced = await streamed(name).finalChatCompletion();
    const [expected, actual] = [asRecord(whole.choices[0]?.message), asRecord(pieced.choices[0]?.message)];
    for (const member of ['content', 'refusal', 'thinking_blocks', 'annotations']) {
      expect(actual[member] || null, member).toEqual(expected[member] || null);
    }
    const calls = (completion: typeof whole) =>
      completion.choices[0]?.message.tool_calls?.map(
        (call) => call.type === 'function' && [call.id, call.function.name, JSON.parse(call.function.arguments)],
      );
    expect(calls(pieced)).toEqual(calls(whole));
    expect(pieced.choices[0]?.finish_reason).toBe(whole.choices[0]?.finish_reason);
    expect(pieced.usage).toEqual(whole.usage);
  });

  it('returns thinking between text and calls to where it stood', async () => {
    const original = await anthropic.messages
      .stream({ model: 'thinking-interleaved', max_tokens: 9, messages })
      .finalMessage();
    const completion = await streamed('thinking-interleaved').finalChatCompletion();
    const next = toMessagesRequest({
      model: 'claude-opus-5-5',
      messages: [...messages, completion.choices[0]?.message],
    });
    const sent = next.ok ? asRecord(asArray(next.request.messages)[1]).content : null;
    expect(sent).toEqual(
      original.content.map((block) => {
        if (block.type === 'text') return { type: 'text', text: block.text };
        if (block.type !== 'tool_use') return block;
        return { type: 'tool_use', id: block.id, name: block.name, input: block.input };
      }),
    );
    expect(sent).toHaveLength(8);
  });

  it('keeps what came of a tool call that was cut', async () => {
    const completion = await streamed('max-tokens-in-tool').finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { tool_calls: [{ function: { arguments: '{"path": "a.txt", "text": "Once upon' } }] },
    });
  });

  it.each([
    ['error-mid-stream', 'Overloaded', 'overloaded_error'],
    ['cut', "The provider's stream ended early.", 'api_error'],
  ])('fails on %s, after the text that came', async (name, message, type) => {
    let text = '';
    const read = async () => {
      const stream = await openai.chat.completions.create({ model: name, messages, stream: true });
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    };
    const error: unknown = await read().catch((reason) => reason);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ message, type });
    expect(text).toBe('Half an ');
  });

  it('reads an error answer', async () => {
    const error: unknown = await openai.chat.completions.create({ model: 'fails', messages }).catch((reason) => reason);
    expect(error).toMatchObject({ status: 529, type: 'overloaded_error', message: '529 Overloaded' });
  });
});

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
