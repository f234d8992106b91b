import { expect, test } from 'vitest';
import type { Cost } from '@/lib/gateway/cost';
import { packPricing, unpackPricing } from './pricing-json';
import { pricingSchema } from './schema';

const part = (given: object = {}) => ({
  ...{
    class: 'input' as const,
    model: 'claude-sonnet-5-5',
    quantity: 500,
    nanoUsdPerMillion: '2000000000',
    costNanoUsd: '1000000',
  },
  ...given,
});
const cost = (given: Partial<Cost> = {}): Cost => ({
  costNanoUsd: 1n,
  parts: [part()],
  modifiers: [],
  source: 'respan',
  ...given,
});
const through = (given: Cost) => pricingSchema.parse(JSON.parse(JSON.stringify(packPricing(given))));

test.each<[string, Cost]>([
  ['one model', cost({ parts: [part(), part({ class: 'output', quantity: 7 })] })],
  ['several models', cost({ parts: [part(), part({ model: 'claude-haiku-4-5' })] })],
  ['modifiers', cost({ modifiers: ['batch ×0.5', 'us ×1.1'] })],
  ['no parts', cost({ parts: [], source: 'caller' })],
  [
    'more digits than a number holds',
    cost({ parts: [part({ costNanoUsd: '9007199254740993', nanoUsdPerMillion: '-3' })] }),
  ],
])('comes back as it was: %s', (_, given) => {
  const { parts, modifiers, source } = given;
  expect(through(given)).toEqual({ parts, modifiers, source });
});

test('rows from before are read as they are, and nonsense is refused', () => {
  const { parts, modifiers, source } = cost();
  expect(pricingSchema.parse({ parts, modifiers, source })).toEqual({ parts, modifiers, source });
  expect(pricingSchema.safeParse({ s: 'respan', p: [['input', 'x']] }).success).toBe(false);
  expect(unpackPricing(null)).toBeNull();
});

test('takes less than half of what it would with names', () => {
  const given = cost({ parts: [part(), part({ class: 'output' }), part({ class: 'cache_read' })] });
  const { parts, modifiers, source } = given;
  expect(JSON.stringify(packPricing(given)).length).toBeLessThan(
    JSON.stringify({ parts, modifiers, source }).length / 2,
  );
});
