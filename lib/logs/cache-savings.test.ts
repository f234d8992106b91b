import { expect, test } from 'vitest';
import type { Cost, CostPart } from '@/lib/gateway/cost';
import { cacheSavedNanoUsd } from './cache-savings';

const part = (of: CostPart['class'], dollarsPerMillion: number, quantity: number, multiplier = 1): CostPart => ({
  class: of,
  model: 'claude',
  quantity,
  nanoUsdPerMillion: String(dollarsPerMillion * 1e9),
  costNanoUsd: String(Math.round(quantity * dollarsPerMillion * 1e3 * multiplier)),
});
const cost = (...parts: CostPart[]): Cost => ({ costNanoUsd: 0n, parts, modifiers: [], source: 'respan' });

test('reads save the difference to the price of input, writes cost what they are above it', () => {
  expect(cacheSavedNanoUsd(cost(part('input', 4, 10), part('cache_read', 0.4, 1_000_000)))).toBe(3_600_000_000n);
  expect(cacheSavedNanoUsd(cost(part('input', 4, 10), part('cache_write_5m', 5, 1_000_000)))).toBe(-1_000_000_000n);
  const both = [part('input', 4, 10), part('cache_read', 0.4, 1_000_000), part('cache_write_1h', 8, 100_000)];
  expect(cacheSavedNanoUsd(cost(...both))).toBe(3_200_000_000n);
});

test('at half the price half is saved', () => {
  expect(cacheSavedNanoUsd(cost(part('input', 4, 10, 0.5), part('cache_read', 0.4, 1_000_000, 0.5)))).toBe(
    1_800_000_000n,
  );
});

test('what cannot be told is nothing', () => {
  expect(cacheSavedNanoUsd(null)).toBe(0n);
  expect(cacheSavedNanoUsd(cost(part('cache_read', 0.4, 1000)))).toBe(0n);
  expect(cacheSavedNanoUsd(cost(part('input', 4, 10), { ...part('cache_read', 0.4, 1000), model: 'gpt' }))).toBe(0n);
  expect(cacheSavedNanoUsd(cost(part('input', 4, 10), part('cache_read', 0, 1000)))).toBe(0n);
});
