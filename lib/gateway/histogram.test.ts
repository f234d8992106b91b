import { describe, expect, test } from 'vitest';
import { type BinCount, binOf, percentile, valueOfBin } from './histogram';

const HOUR_MS = 3_600_000;
const QUANTILES = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

describe('a bin', () => {
  test('stands for each of its values within 1 %, from 1 ms to an hour and beyond', () => {
    for (let value = 1; value < 24 * HOUR_MS; value += Math.max(1, Math.floor(value / 5000))) {
      expect(Math.abs(valueOfBin(binOf(value)) - value) / value).toBeLessThanOrEqual(0.01);
    }
  });

  test('never falls while values grow, and fits a smallint', () => {
    let before = -1;
    for (const value of [0, 0.5, 1, 1.01, 2, 10, 1000, HOUR_MS, 2 ** 31, 1e300, Number.POSITIVE_INFINITY]) {
      const bin = binOf(value);
      expect(bin).toBeGreaterThanOrEqual(before);
      expect(bin).toBeLessThan(32_768);
      before = bin;
    }
  });

  test('under a millisecond, or of no number, is bin 0', () => {
    expect([0, -5, 0.99, Number.NaN].map(binOf)).toEqual([0, 0, 0, 0]);
    expect(valueOfBin(0)).toBe(0);
  });
});

describe('a percentile', () => {
  // Different shapes: what holds only for one of them is not a property.
  const shapes: Record<string, (random: () => number) => number> = {
    uniform: (random) => 1 + random() * 10_000,
    exponential: (random) => 1 - Math.log(1 - random()) * 800,
    heavyTailed: (random) => Math.min(HOUR_MS, (1 - random()) ** -1.5),
    twoPeaks: (random) => (random() < 0.8 ? 40 + random() * 5 : 30_000 + random() * 2000),
    constant: () => 1234,
  };

  test.each(Object.entries(shapes))('of %s values is within 1 % of the exact nearest rank', (_name, shape) => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = generator(seed);
      const values = Array.from({ length: 1 + Math.floor(random() * 3000) }, () => Math.round(shape(random)));
      const sorted = values.toSorted((a, b) => a - b);
      for (const q of QUANTILES) {
        const exact = sorted[Math.max(1, Math.ceil(values.length * q)) - 1] ?? Number.NaN;
        const found = percentile(histogram(values), q) ?? Number.NaN;
        expect(Math.abs(found - exact) / exact).toBeLessThanOrEqual(0.01);
      }
    }
  });

  test('is the same whatever the order, and when one histogram comes in parts', () => {
    const parts = [...histogram([5, 5, 900]), ...histogram([5, 30_000])];
    const whole = histogram([5, 5, 5, 900, 30_000]);
    for (const q of QUANTILES) {
      expect(percentile(parts, q)).toBe(percentile(whole, q));
      expect(percentile(parts.toReversed(), q)).toBe(percentile(whole, q));
    }
  });

  test('of nothing is null', () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile([{ bin: 3, count: 0 }], 0.5)).toBeNull();
  });
});

function histogram(values: readonly number[]): BinCount[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(binOf(value), (counts.get(binOf(value)) ?? 0) + 1);
  return [...counts].map(([bin, count]) => ({ bin, count }));
}

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
