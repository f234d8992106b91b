import { calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { NO_USAGE, type Usage } from '@/lib/gateway/usage';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { CLAUDE_PRICES } from './claude-prices';
import { priceUsage } from './price';

const AT = new Date('2026-11-22T12:00:00Z');

/** Models for which our table and the public list differ, and why ours is right. Remove an entry once they agree. */
const RECORDED_REASONS: Readonly<Record<string, string>> = {
  'claude-sonnet-5-5': 'the list matches it as claude-sonnet-5, whose cache reads cost twice as much',
  'claude-sonnet-4-5': 'the list keeps the long-prompt tier that ended on 2026-04-30',
};

const MILLION = 1_000_000;
const CLASSES = [
  ['inputTokens', {}],
  ['outputTokens', { output_tokens: MILLION }],
  ['cacheReadTokens', { cache_read_tokens: MILLION }],
  ['cacheWrite5mTokens', { cache_write_tokens: MILLION, cache_write_5m_tokens: MILLION }],
  ['cacheWrite1hTokens', { cache_write_tokens: MILLION, cache_write_1h_tokens: MILLION }],
] as const;

/** Dollars by class for a million tokens, and for a hundred thousand of them, so that both sides of a tier are seen. */
function ours(model: string, kind: keyof Usage, tokens: number): number | null {
  const cost = priceUsage({ provider: 'anthropic', model, usage: { ...NO_USAGE, [kind]: tokens }, at: AT });
  return cost && nanoUsdToNumber(cost.costNanoUsd);
}

function theirs(model: string, kind: string, usage: Record<string, number>, tokens: number): number | undefined {
  const scaled = Object.fromEntries(Object.entries(usage).map(([key, value]) => [key, (value * tokens) / MILLION]));
  const prompt = kind === 'outputTokens' ? 0 : tokens;
  return calcPrice({ input_tokens: prompt, ...scaled }, model, { providerId: 'anthropic', timestamp: AT })?.total_price;
}

function differences(model: string): string[] {
  return CLASSES.flatMap(([kind, usage]) =>
    [MILLION / 10, MILLION].flatMap((tokens) => {
      const [mine, listed] = [ours(model, kind, tokens), theirs(model, kind, usage, tokens)];
      const equal = mine !== null && listed !== undefined && Math.abs(mine - listed) < 1e-9;
      return equal ? [] : [`${kind} x ${tokens}: ours ${mine}, listed ${listed}`];
    }),
  );
}

const known = CLAUDE_PRICES.map(({ model }) => model).filter((model) =>
  calcPrice({}, model, { providerId: 'anthropic' }),
);

describe('our prices and the public list', () => {
  it('have enough models in common to compare', () => {
    expect(known.length).toBeGreaterThanOrEqual(18);
  });

  it.each(known)('%s: equal, or different for a recorded reason', (model) => {
    const found = differences(model);
    if (model in RECORDED_REASONS) expect(found, `${model} agrees now: remove its reason`).not.toEqual([]);
    else expect(found).toEqual([]);
  });

  it('agree on web searches wherever the list has a price', () => {
    for (const model of known) {
      const listed: ModelPrice[string] = calcPrice({}, model, { providerId: 'anthropic' })?.model_price
        .web_searches_kcount;
      if (listed !== undefined) expect(listed).toBe((ours(model, 'webSearches', 1) ?? 0) * 1000);
    }
  });

  it('every Claude model of the list has a price here too, unless only a later version would match', () => {
    const models = findProvider({ providerId: 'anthropic' })?.models ?? [];
    const missing = models.filter(({ id }) => ours(id, 'inputTokens', 1) === null).map(({ id }) => id);
    expect(models.length).toBeGreaterThan(18);
    expect(missing).toEqual([]);
  });
});
