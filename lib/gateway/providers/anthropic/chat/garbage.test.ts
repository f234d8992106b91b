import { describe, expect, it } from 'vitest';
import { toChatError } from './error';
import { readEvents } from './fixtures/read';
import { toMessagesRequest } from './request';
import { toChatCompletion } from './response';
import { createChatStream } from './stream';

const context = { id: 'x', createdSeconds: 1, requestedModel: 'claude-opus-5' };

/** A full request, so that mutations reach every branch. */
const request = {
  model: 'claude-opus-5-5',
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }] },
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
        { type: 'file', file: { file_data: 'data:text/plain;base64,AAAA', filename: 'a.txt' } },
      ],
    },
    {
      role: 'assistant',
      content: 'x',
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      thinking_blocks: [{ type: 'thinking', thinking: 'x', signature: 'y' }],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'x' },
  ],
  tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} }, strict: true } }],
  tool_choice: {
    type: 'allowed_tools',
    allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
  },
  response_format: {
    type: 'json_schema',
    json_schema: { name: 's', schema: { anyOf: [{ type: 'string' }], minItems: 3 } },
  },
  thinking: { type: 'enabled', budget_tokens: 1024 },
  reasoning_effort: 'high',
  stop: ['a'],
  stream_options: { include_usage: true },
};

const oddities: unknown[] = [
  ...[null, undefined, true, 0, -1, 1e308, '', '__proto__', 'data:,', 'data:;base64', '\ud800', [], {}, [[]], [null]],
  ...[{ type: null }, { type: 'text' }, { toString: 1 }, { length: 3 }, JSON.parse('{"__proto__":{"type":"text"}}')],
];

/** Small and seeded: a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A copy of the value with one of its parts, somewhere, replaced by an oddity. */
function mutated(value: unknown, random: () => number): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) {
    return oddities[Math.floor(random() * oddities.length)];
  }
  const keys = Object.keys(value);
  const target = keys[Math.floor(random() * keys.length)];
  const entries = Object.entries(value).map(([key, part]) => [key, key === target ? mutated(part, random) : part]);
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

describe('garbage', () => {
  it('in a request is refused with a reason, or translated', () => {
    const random = randomFrom(7);
    const outcomes = { refused: 0, translated: 0 };
    for (let run = 0; run < 3_000; run++) {
      const result = toMessagesRequest(mutated(request, random));
      if (!result.ok) {
        outcomes.refused++;
        if (!result.message.endsWith('.')) expect.unreachable(result.message);
      } else {
        outcomes.translated++;
        JSON.stringify(result.request);
      }
    }
    expect(outcomes.refused).toBeGreaterThan(300);
    expect(outcomes.translated).toBeGreaterThan(300);
  });

  it('in an answer or an error leaves a completion and an error', () => {
    const random = randomFrom(8);
    const message = {
      model: 'm',
      content: [
        { type: 'text', text: 'x', citations: [{ type: 'search_result_location', source: 'https://a.example' }] },
        { type: 'thinking', thinking: 'x', signature: 'y' },
        { type: 'tool_use', id: 'a', name: 'b', input: {} },
      ],
      stop_reason: 'refusal',
      stop_details: { explanation: 'x' },
      usage: { input_tokens: 1, output_tokens_details: { thinking_tokens: 1 } },
    };
    for (let run = 0; run < 1000; run++) {
      expect(toChatCompletion(mutated(message, random), context)).toMatchObject({ object: 'chat.completion' });
      const body = mutated({ error: { type: 'a', message: 'b', details: { error_code: 'c' } } }, random);
      expect(toChatError(400, body)).toMatchObject({ error: { param: null }, detail: expect.stringMatching(/./) });
    }
  });

  it('in a stream leaves whole frames and one end', () => {
    const random = randomFrom(9);
    for (const name of ['parallel-tools', 'thinking', 'server-tools', 'refusal']) {
      for (let run = 0; run < 100; run++) {
        const stream = createChatStream({ ...context, includeUsage: true });
        const events = readEvents(name).map((event) =>
          random() < 0.3 ? { event: event.event, data: mutated(event.data, random) } : event,
        );
        const frames = [...events.flatMap((event) => stream.push(event)), ...stream.end()];
        const broken = frames.filter((frame) => !/^(: ping|data: (\{.*\}|\[DONE\]))\n\n$/.test(frame));
        expect(broken).toEqual([]);
        const ends = frames.filter((frame) => frame === 'data: [DONE]\n\n' || frame.startsWith('data: {"error":'));
        expect(ends).toEqual([frames.at(-1)]);
      }
    }
  });

  it('nested without end is refused', () => {
    const nested = (depth: number) => JSON.parse(`${'{"properties":{"a":'.repeat(depth)}1${'}}'.repeat(depth)}`);
    const body = (schema: unknown) => ({
      model: 'claude-opus-5',
      messages: [{ role: 'user', content: 'x' }],
      response_format: { type: 'json_schema', json_schema: { schema } },
    });
    expect(toMessagesRequest(body(nested(100)))).toMatchObject({ ok: true });
    for (const depth of [200, 2_000, 100_000]) {
      expect(toMessagesRequest(body(nested(depth)))).toEqual({
        ok: false,
        message: 'The body is nested too deep.',
        param: null,
      });
    }
  });
});
