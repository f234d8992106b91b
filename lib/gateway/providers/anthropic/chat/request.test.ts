import { describe, expect, it } from 'vitest';
import { toMessagesRequest } from './request';

const user = [{ role: 'user', content: 'Hi' }];
const hi = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }];

function translated(body: Record<string, unknown>): { request: Record<string, unknown>; warnings: string[] } {
  const result = toMessagesRequest({ model: 'claude-sonnet-4-6', messages: user, ...body });
  if (!result.ok) throw new Error(result.message);
  return result;
}

describe('toMessagesRequest', () => {
  it('sends a plain request plainly', () => {
    expect(toMessagesRequest({ model: 'claude-opus-5-5', messages: user })).toEqual({
      ok: true,
      choices: 1,
      request: { model: 'claude-opus-5-5', max_tokens: 4096, messages: hi },
      warnings: [],
      includeUsage: false,
      legacyFunctions: false,
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['max_tokens', { max_tokens: 7 }, { max_tokens: 7 }],
    ['max_completion_tokens first', { max_tokens: 7, max_completion_tokens: 9 }, { max_tokens: 9 }],
    [
      'nulls as absent',
      { max_tokens: null, temperature: null, stop: null, tools: null, n: null },
      { max_tokens: 4096 },
    ],
    ['stop as a string', { stop: 'END' }, { stop_sequences: ['END'] }],
    ['stop as a list', { stop: ['a', 'b'] }, { stop_sequences: ['a', 'b'] }],
    ['stream', { stream: true }, { stream: true }],
    ['user', { user: 'u-1' }, { metadata: { user_id: 'u-1' } }],
    ['safety_identifier', { safety_identifier: 's-1' }, { metadata: { user_id: 's-1' } }],
    ['service_tier default', { service_tier: 'default' }, { service_tier: 'standard_only' }],
    ['service_tier priority', { service_tier: 'priority' }, { service_tier: 'auto' }],
    ['automatic caching', { cache_control: { type: 'ephemeral' } }, { cache_control: { type: 'ephemeral' } }],
    ['temperature', { temperature: 0.2 }, { temperature: 0.2 }],
    ['top_p', { top_p: 0.9 }, { top_p: 0.9 }],
    ['top_p beside the default temperature', { temperature: 1, top_p: 0.9 }, { top_p: 0.9 }],
    ['text format', { response_format: { type: 'text' } }, {}],
    ['what asks for nothing', { logprobs: false, presence_penalty: 0, logit_bias: {}, modalities: ['text'] }, {}],
  ])('maps %s', (_name, body, expected) => {
    const { request, warnings } = translated(body);
    expect(request).toEqual({ model: 'claude-sonnet-4-6', max_tokens: 4096, messages: hi, ...expected });
    expect(warnings).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    [
      'a temperature over 1',
      { temperature: 1.7 },
      {},
      'temperature was lowered to 1, the highest that Anthropic takes.',
    ],
    [
      'temperature on models that refuse it',
      { model: 'claude-opus-5-5', temperature: 0 },
      {},
      'temperature is not supported by this model and was not sent.',
    ],
    [
      'top_p on models that refuse it',
      { model: 'claude-opus-4-7', top_p: 0.5 },
      {},
      'top_p is not supported by this model and was not sent.',
    ],
    [
      'top_p beside temperature',
      { temperature: 0.5, top_p: 0.5 },
      { temperature: 0.5 },
      'top_p is not possible together with temperature and was not sent.',
    ],
    [
      'temperature beside thinking',
      { temperature: 0.5, thinking: { type: 'enabled', budget_tokens: 2048 } },
      { max_tokens: 4096 + 2048, thinking: { type: 'enabled', budget_tokens: 2048 } },
      'temperature is not possible together with thinking and was not sent.',
    ],
    [
      'blank stop sequences',
      { stop: ['\n', 'END', ''] },
      { stop_sequences: ['END'] },
      'A stop sequence of white space alone is refused by Anthropic and was not sent.',
    ],
    [
      'an unknown service tier',
      { service_tier: 'flex' },
      {},
      'service_tier "flex" is not supported by Anthropic and was not sent.',
    ],
  ])('warns of %s', (_name, body, expected, warning) => {
    const { request, warnings } = translated(body);
    const model = body.model ?? 'claude-sonnet-4-6';
    expect(request).toEqual({ model, max_tokens: 4096, messages: hi, ...expected });
    expect(warnings).toEqual([warning]);
  });

  it.each([
    ['logprobs', true],
    ['top_logprobs', 3],
    ['logit_bias', { 50256: -100 }],
    ['presence_penalty', 0.5],
    ['frequency_penalty', -1],
    ['seed', 0],
    ['audio', { voice: 'alloy' }],
    ['modalities', ['text', 'audio']],
    ['prediction', { type: 'content', content: 'x' }],
    ['store', true],
    ['verbosity', 'high'],
    ['web_search_options', {}],
    ['something_new', 1],
  ])('does not drop %s in silence', (name, value) => {
    const { request, warnings } = translated({ [name]: value });
    expect(warnings).toEqual([`${name} is not supported by Anthropic and was not sent.`]);
    expect(request).not.toHaveProperty(name);
  });

  it('says nothing of parameters of the gateway itself, and does not send them', () => {
    const { request, warnings } = translated({ customer_identifier: 'c', metadata: { a: 1 }, respan_params: {} });
    expect(warnings).toEqual([]);
    expect(Object.keys(request)).toEqual(['model', 'max_tokens', 'messages']);
  });

  it('enforces a JSON schema, closed and without what the grammar can not hold', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        age: { type: 'integer', minimum: 0, description: 'Years' },
        tags: {
          type: 'array',
          items: { oneOf: [{ type: 'string' }, { $ref: '#/$defs/tag' }] },
          minItems: 1,
          maxItems: 3,
        },
        mail: { type: ['string', 'null'], format: 'email' },
      },
      required: ['age'],
      $defs: { tag: { type: 'object', properties: { name: { type: 'string', pattern: '^a' } } } },
    };
    const { request } = translated({
      response_format: { type: 'json_schema', json_schema: { name: 'person', schema } },
    });
    expect(request.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: {
            age: { type: 'integer', description: 'Years\n\n{minimum: 0}' },
            tags: {
              type: 'array',
              items: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/tag' }] },
              minItems: 1,
              description: '{maxItems: 3}',
            },
            mail: { type: ['string', 'null'], format: 'email' },
          },
          required: ['age'],
          $defs: {
            tag: {
              type: 'object',
              properties: { name: { type: 'string', description: '{pattern: "^a"}' } },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
      },
    });
  });

  it('asks for JSON in words where no schema is given, behind the cached system prompt', () => {
    const system = { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } };
    const { request, warnings } = translated({
      messages: [{ role: 'system', content: [system] }, ...user],
      response_format: { type: 'json_object' },
    });
    expect(request.system).toEqual([system, { type: 'text', text: expect.stringContaining('one valid JSON object') }]);
    expect(warnings).toEqual([expect.stringContaining('json_object')]);
  });

  it('tells what the caller wants of the answer', () => {
    const body = { model: 'claude-opus-5', messages: user, stream: true, stream_options: { include_usage: true } };
    expect(toMessagesRequest(body)).toMatchObject({ ok: true, includeUsage: true });
  });

  it.each<[unknown, string | null, RegExp]>([
    [null, null, /^The body: /],
    [[], null, /^The body: /],
    ['text', null, /^The body: /],
    [{ messages: user }, 'model', /^model: /],
    [{ model: '', messages: user }, 'model', /^model: /],
    [{ model: 'claude-opus-5' }, 'messages', /^messages: /],
    [{ model: 'claude-opus-5', messages: [] }, 'messages', /At least one message is required/],
    [{ model: 'claude-opus-5', messages: [{ role: 'user', content: ' ' }] }, 'messages', /At least one message/],
    [{ model: 'claude-opus-5', messages: [{ role: 'robot', content: 'x' }] }, 'messages.0.role', /messages\.0\.role/],
    [
      { model: 'claude-opus-5', messages: [{ role: 'user', content: 5 }] },
      'messages.0.content',
      /messages\.0\.content/,
    ],
    [
      { model: 'claude-opus-5', messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'messages.0.content.0.text',
      /expected string/,
    ],
    [
      { model: 'claude-opus-5', messages: [{ role: 'user', content: [{ type: 'video' }] }] },
      'messages.0.content.0.type',
      /messages\.0\.content\.0\.type/,
    ],
    [{ model: 'claude-opus-5', messages: user, max_tokens: 'many' }, 'max_tokens', /^max_tokens: /],
    [{ model: 'claude-opus-5', messages: user, n: 9 }, 'n', /whole number from 1 to 8/],
    [{ model: 'claude-opus-5', messages: user, n: 0 }, 'n', /whole number from 1 to 8/],
    [{ model: 'claude-opus-5', messages: user, n: 1.5 }, 'n', /whole number from 1 to 8/],
    [
      { model: 'claude-opus-5', messages: user, tools: [{ type: 'custom', custom: { name: 'x' } }] },
      'tools.0',
      /Anthropic takes no other OpenAI tools/,
    ],
  ])('refuses %j and says where', (body, param, message) => {
    const result = toMessagesRequest(body);
    expect(result).toMatchObject({ ok: false, param });
    expect(result.ok ? '' : result.message).toMatch(message);
  });
});
