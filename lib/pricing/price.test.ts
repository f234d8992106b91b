import { describe, expect, it } from 'vitest';
import type { Cost } from '@/lib/gateway/cost';
import { NO_USAGE, type Usage } from '@/lib/gateway/usage';
import { nanoUsdToDecimal } from '@/lib/money/nano-usd';
import { BOUNDARY_CASES } from './cases/boundaries';
import type { PriceCase } from './cases/price-case';
import { WORKED_EXAMPLES } from './cases/worked-examples';
import { priceUsage } from './price';

const AT = new Date('2026-11-22T12:00:00Z');

function price(model: string, usage: Partial<Usage>, options: { provider?: string; at?: string } = {}): Cost | null {
  const at = options.at ? new Date(options.at) : AT;
  return priceUsage({ provider: options.provider ?? 'anthropic', model, usage: { ...NO_USAGE, ...usage }, at });
}

function usdOf(cost: Cost | null): string | null {
  return cost && nanoUsdToDecimal(cost.costNanoUsd);
}

describe.each([
  ['worked examples', WORKED_EXAMPLES],
  ['boundaries', BOUNDARY_CASES],
] as const)('%s', (_group, cases) => {
  it.each(cases)('$name ($model): $usd', ({ model, usage, usd, ...options }: PriceCase) => {
    const cost = price(model, usage, options);
    expect(usdOf(cost)).toBe(usd);
    if (cost) expectPartsToExplain(cost);
  });
});

/** Each part is rounded for display, so that together they may differ from the total by half a nano-dollar each. */
function expectPartsToExplain(cost: Cost): void {
  const sum = cost.parts.reduce((total, part) => total + BigInt(part.costNanoUsd), 0n);
  const difference = sum > cost.costNanoUsd ? sum - cost.costNanoUsd : cost.costNanoUsd - sum;
  expect(Number(difference)).toBeLessThanOrEqual(cost.parts.length / 2);
}

describe('names of one model', () => {
  const expected = usdOf(price('claude-opus-4-5', { inputTokens: 1000, outputTokens: 10 }));

  it.each([
    'claude-opus-4-5-20251101',
    'anthropic/claude-opus-4-5',
    'anthropic/claude-opus-4.5',
    'claude-opus-4-5[1m]',
    'anthropic/claude-opus-4-5-20251101[1m]',
    'Claude-Opus-4-5',
    ' claude-opus-4-5 ',
    'claude-opus-4-5@20251101',
    'claude-opus-4-5-latest',
  ])('%s', (name) => {
    expect(usdOf(price(name, { inputTokens: 1000, outputTokens: 10 }))).toBe(expected);
  });

  it.each([
    ['claude-3-5-sonnet-20240620', '0.003'],
    ['claude-3-5-sonnet-latest', '0.003'],
    ['claude-3.5-sonnet', '0.003'],
    ['claude-opus-4-20250514', '0.015'],
    ['claude-opus-4-0', '0.015'],
    ['claude-3-haiku-20240307', '0.00025'],
    ['claude-3-sonnet-20240229', '0.003'],
  ])('%s costs %s for 1000 input tokens', (name, usd) => {
    expect(usdOf(price(name, { inputTokens: 1000 }))).toBe(usd);
  });

  it('one part is priced as the model that was asked for names itself', () => {
    expect(price('claude-3-5-sonnet-20240620', { inputTokens: 10 })?.parts).toEqual([
      {
        class: 'input',
        model: 'claude-3-5-sonnet-20240620',
        quantity: 10,
        nanoUsdPerMillion: '3000000000',
        costNanoUsd: '30000',
      },
    ]);
  });
});

describe('unknown is null, never 0', () => {
  it.each([
    ['anthropic', 'claude-nova-1'],
    ['anthropic', 'claude-mythos-preview'],
    ['anthropic', 'claude-sonnet-5-7'],
    ['anthropic', 'claude-sonnet-5-10'],
    ['anthropic', 'claude-haiku-4-6-20270101'],
    ['anthropic', 'claude-opus-6'],
    ['anthropic', 'gpt-4o'],
    ['anthropic', ''],
    ['anthropic', '__proto__'],
    ['openai', 'claude-opus-5-5'],
    ['openai', 'gpt-9'],
    ['nobody', 'claude-opus-5-5'],
    ['', 'claude-opus-5-5'],
    ['anthropic', `claude-opus-5-5${'x'.repeat(10_000)}`],
  ])('%s %s', (provider, model) => {
    expect(price(model, { inputTokens: 1 }, { provider })).toBeNull();
    expect(price(model, {}, { provider })).toBeNull();
  });

  it('an invalid time has no price', () => {
    expect(price('claude-opus-5-5', { inputTokens: 1 }, { at: 'never' })).toBeNull();
  });
});

describe('explanation', () => {
  it('names what moved the price', () => {
    const cost = price('claude-haiku-5-5', {
      serviceTier: 'batch',
      inferenceGeo: 'us',
      inputTokens: 150_000,
      outputTokens: 100,
    });
    expect(cost?.modifiers).toEqual(['prompt over 100000 tokens', 'batch x0.5', 'us x1.1']);
    expect(cost?.source).toBe('respan');
  });

  it('is empty for list prices, and says when the public list was used', () => {
    expect(price('claude-opus-5-5', { inputTokens: 1 })?.modifiers).toEqual([]);
    expect(price('gpt-4o', { inputTokens: 1 }, { provider: 'openai' })?.source).toBe('genai-prices');
  });

  it("knows OpenAI's flex tier, and that the price of its priority tier is not known", () => {
    const tier = (serviceTier: string, provider = 'openai', model = 'gpt-5.1') =>
      price(model, { inputTokens: 1000, outputTokens: 100, serviceTier }, { provider });
    expect([usdOf(tier('default')), usdOf(tier('flex'))]).toEqual(['0.00225', '0.001125']);
    expect(tier('flex')?.modifiers).toEqual(['flex x0.5']);
    expect(tier('priority')).toBeNull();
    expect(tier('priority', 'anthropic', 'claude-opus-5-5')?.modifiers).toEqual([]);
  });

  it('says why a refusal cost nothing', () => {
    const cost = price('claude-opus-5-5', { inputTokens: 9, refusal: { category: null, beforeOutput: true } });
    expect(cost).toMatchObject({ costNanoUsd: 0n, parts: [], modifiers: ['refused before output: not billed'] });
  });

  it('rounds once: parts of half a nano-dollar add up before they are rounded', () => {
    const cost = price('claude-3-5-haiku', { cacheReadTokens: 1, inputTokens: 1, serviceTier: 'batch' });
    expect(cost?.costNanoUsd).toBe(440n);
    const tiny = price('gpt-5.4-nano', { cacheReadTokens: 1 }, { provider: 'openai' });
    expect(tiny?.costNanoUsd).toBe(20n);
    const us = price('claude-haiku-5-5', {
      inputTokens: 1,
      cacheReadTokens: 1,
      inferenceGeo: 'us',
      serviceTier: 'batch',
    });
    // 55 + 5.5 = 60.5, rounded half away from zero
    expect(us?.costNanoUsd).toBe(61n);
  });
});

it('prices a request in microseconds, known model or not', () => {
  const usage = { ...NO_USAGE, inputTokens: 1200, cacheReadTokens: 9000, outputTokens: 800 };
  const run = (model: string) => {
    const started = performance.now();
    for (let i = 0; i < 20_000; i++) priceUsage({ provider: 'anthropic', model, usage, at: AT });
    return ((performance.now() - started) * 1000) / 20_000;
  };
  for (const model of ['claude-opus-5-5', 'claude-nova-1']) {
    run(model);
    expect(run(model)).toBeLessThan(50);
  }
});
