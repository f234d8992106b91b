import { describe, expect, it } from 'vitest';
import { nanoUsdToDecimal } from '@/lib/money/nano-usd';
import { priceUsage } from '@/lib/pricing/price';
import type { Usage } from '../usage';
import { parseLog } from './parse-log';

function parse(fields: Record<string, unknown>) {
  return parseLog(
    { model: 'claude-opus-5-5', ...fields },
    {
      organizationId: 'o',
      apiKeyId: 'k',
      environment: 'test',
      id: '019a0000-0000-7000-8000-000000000001',
      now: Date.parse('2026-11-22T12:00:00Z'),
      endpoint: '/api/request-logs',
      price: priceUsage,
    },
  );
}

function record(fields: Record<string, unknown>) {
  const result = parse(fields);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.record;
}

describe('usage', () => {
  it.each<[string, Record<string, unknown>, Partial<Usage>]>([
    [
      'OpenAI: cached tokens are inside the prompt',
      {
        usage: {
          prompt_tokens: 2619,
          completion_tokens: 20,
          total_tokens: 2639,
          prompt_tokens_details: { cached_tokens: 2601 },
        },
      },
      { inputTokens: 18, cacheReadTokens: 2601, outputTokens: 20 },
    ],
    [
      'OpenAI with cache writes, named three times over',
      {
        usage: {
          prompt_tokens: 1000,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 300, cache_creation_tokens: 200 },
          cache_creation_input_tokens: 200,
          cache_creation_prompt_tokens: 200,
          cache_read_input_tokens: 300,
        },
      },
      { inputTokens: 500, cacheReadTokens: 300, cacheWrite5mTokens: 200, cacheWrite1hTokens: 0 },
    ],
    [
      'OpenAI reasoning',
      { usage: { prompt_tokens: 1, completion_tokens: 50, completion_tokens_details: { reasoning_tokens: 40 } } },
      { outputTokens: 50, reasoningTokens: 40 },
    ],
    [
      'OpenAI Responses: input_tokens is the whole prompt',
      { usage: { input_tokens: 100, output_tokens: 9, input_tokens_details: { cached_tokens: 60 } } },
      { inputTokens: 40, cacheReadTokens: 60, outputTokens: 9 },
    ],
    [
      'Anthropic: cached tokens are beside the input',
      {
        usage: {
          input_tokens: 50,
          output_tokens: 503,
          cache_read_input_tokens: 1800,
          cache_creation_input_tokens: 248,
          cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
          output_tokens_details: { thinking_tokens: 7 },
          server_tool_use: { web_search_requests: 2 },
          service_tier: 'batch',
          speed: 'standard',
          inference_geo: 'us',
        },
      },
      {
        inputTokens: 50,
        outputTokens: 503,
        cacheReadTokens: 1800,
        cacheWrite5mTokens: 148,
        cacheWrite1hTokens: 100,
        reasoningTokens: 7,
        webSearches: 2,
        serviceTier: 'batch',
        speed: 'standard',
        inferenceGeo: 'us',
      },
    ],
    [
      'Anthropic without a split',
      { usage: { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 90, cache_creation: null } },
      { cacheWrite5mTokens: 90, cacheWrite1hTokens: 0 },
    ],
    [
      'Anthropic with a split that is less than the total',
      {
        usage: { input_tokens: 1, cache_creation_input_tokens: 90, cache_creation: { ephemeral_1h_input_tokens: 40 } },
      },
      { cacheWrite5mTokens: 50, cacheWrite1hTokens: 40 },
    ],
    [
      'flat counts',
      { prompt_tokens: 100, completion_tokens: '7', prompt_cache_hit_tokens: 60, prompt_cache_creation_tokens: 10 },
      { inputTokens: 30, cacheReadTokens: 60, cacheWrite5mTokens: 10, outputTokens: 7 },
    ],
    [
      'the usage object before flat counts',
      { usage: { input_tokens: 5, output_tokens: 6 }, prompt_tokens: 100, completion_tokens: 100 },
      { inputTokens: 5, outputTokens: 6 },
    ],
    ['an empty usage object and flat counts', { usage: {}, prompt_tokens: 3 }, { inputTokens: 3, outputTokens: 0 }],
    ['prompt only', { usage: { prompt_tokens: 8, completion_tokens: null } }, { inputTokens: 8, outputTokens: 0 }],
  ])('%s', (_name, fields, expected) => {
    expect(record(fields).usage).toMatchObject(expected);
    expect(record(fields).warnings).toEqual([]);
  });

  it('more cached tokens than prompt: counted beside it, with a warning', () => {
    const { usage, warnings } = record({ usage: { prompt_tokens: 10, cache_read_input_tokens: 60 } });
    expect(usage).toMatchObject({ inputTokens: 10, cacheReadTokens: 60 });
    expect(warnings).toHaveLength(1);
  });

  it('no counts: no usage and no cost, never invented', () => {
    for (const fields of [{}, { usage: null }, { usage: {} }, { usage: { total_tokens: 99 } }, { total_tokens: 99 }]) {
      expect(record({ ...fields, input: 'a long prompt', output: 'and a reply' })).toMatchObject({
        usage: null,
        cost: null,
      });
    }
  });

  it('iterations are priced one by one', () => {
    const iterations = [
      { type: 'compaction', input_tokens: 180000, output_tokens: 3500 },
      { type: 'message', model: 'claude-opus-5-5', input_tokens: 23000, output_tokens: 1000 },
    ];
    const { cost } = record({ usage: { input_tokens: 23000, output_tokens: 1000, iterations } });
    expect(cost && nanoUsdToDecimal(cost.costNanoUsd)).toBe('0.902');
  });

  it.each([
    [{ usage: { prompt_tokens: -1 } }, 'usage.prompt_tokens', 'Must be at least 0.'],
    [{ usage: { prompt_tokens: 1.5 } }, 'usage.prompt_tokens', 'Must be a whole number.'],
    [{ usage: { input_tokens: 2_000_000_000 } }, 'usage.input_tokens', 'Must be at most 1000000000.'],
    [{ usage: { cache_creation: 5 } }, 'usage.cache_creation', 'Must be an object.'],
    [{ usage: { iterations: [{ input_tokens: 'x' }] } }, 'usage.iterations.0.input_tokens', 'Must be a number.'],
    [{ prompt_tokens: Number.NaN }, 'prompt_tokens', 'Must be a number.'],
    [{ prompt_tokens: Number.POSITIVE_INFINITY }, 'prompt_tokens', 'Must be a number.'],
  ])('refuses %j', (fields, field, message) => {
    expect(parse(fields)).toEqual({ ok: false, errors: { [field]: [message] } });
  });
});

describe('cost', () => {
  const usage = { input_tokens: 1200, output_tokens: 800 };

  it.each<[string, Record<string, unknown>, string | null, string | null]>([
    ['by usage and model', { usage }, '0.0208', 'respan'],
    ['the caller knows better', { usage, cost: 0.5 }, '0.5', 'caller'],
    ['a numeric string', { cost: '0.000012' }, '0.000012', 'caller'],
    ['tiny, in exponent form', { cost: 1e-9 }, '0.000000001', 'caller'],
    ['0 is a cost', { cost: 0, usage }, '0', 'caller'],
    ['null is none', { cost: null, usage }, '0.0208', 'respan'],
    ['unit prices', { usage, prompt_unit_price: 1, completion_unit_price: 2.5 }, '0.0032', 'caller'],
    ['one unit price is not enough', { usage, prompt_unit_price: 1 }, '0.0208', 'respan'],
    ['openai', { model: 'gpt-4o', usage: { prompt_tokens: 1000, completion_tokens: 1000 } }, '0.0125', 'genai-prices'],
    ['unknown model', { model: 'claude-nova-1', usage }, null, null],
    ['unknown provider', { model: 'llama-9', usage }, null, null],
  ])('%s', (_name, fields, usd, source) => {
    const { cost } = record(fields);
    expect(cost && nanoUsdToDecimal(cost.costNanoUsd)).toBe(usd);
    expect(cost?.source ?? null).toBe(source);
  });

  it('is priced as of when the call was made', () => {
    const cached = { model: 'claude-sonnet-5-5', usage: { input_tokens: 0, cache_read_input_tokens: 1_000_000 } };
    const on = (timestamp: string) => record({ ...cached, timestamp }).cost?.costNanoUsd;
    expect(on('2026-10-06T12:00:00Z')).toBe(200_000_000n);
    expect(on('2026-10-07T12:00:00Z')).toBe(100_000_000n);
  });

  it('parts of unit prices add up, cached prompt tokens included', () => {
    const { cost } = record({
      usage: { prompt_tokens: 1000, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 900 } },
      prompt_unit_price: 3,
      completion_unit_price: 15,
    });
    expect(cost?.parts.map((part) => [part.class, part.quantity, part.costNanoUsd])).toEqual([
      ['input', 1000, '3000000'],
      ['output', 10, '150000'],
    ]);
    expect(cost?.costNanoUsd).toBe(3_150_000n);
  });

  it.each([-0.01, '-1', 'free', '', {}, true, 1_000_001, '1e999'])('refuses %j', (cost) => {
    expect(parse({ cost }).ok).toBe(false);
  });
});
