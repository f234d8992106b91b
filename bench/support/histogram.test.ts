import { expect, test } from 'vitest';
import { Histogram } from './histogram';

test('is exact for small values and within 1.6 % for large ones', () => {
  for (const value of [0, 1, 63, 64, 65, 127, 128, 1000, 99_999, 1_000_000, 60_000_000, 4_000_000_000]) {
    const histogram = new Histogram();
    histogram.add(value);
    // A second, larger one, so that the answer is the bin's and not the maximum.
    histogram.add(value * 4 + 1);
    const found = histogram.percentile(0.5);
    expect(Math.abs(found - value)).toBeLessThanOrEqual(value * 0.016);
  }
});

test('percentiles go by nearest rank', () => {
  const histogram = new Histogram();
  for (let value = 1; value <= 60; value++) histogram.add(value);
  expect(histogram.percentile(0.5)).toBe(30);
  expect(histogram.percentile(0.99)).toBe(60);
  expect(histogram.percentile(0)).toBe(1);
  expect(histogram.summary()).toEqual({ count: 60, p50: 30, p99: 60, max: 60 });
});

test('nothing counted is 0, less than nothing counts as nothing, and no value is too large', () => {
  expect(new Histogram().summary()).toEqual({ count: 0, p50: 0, p99: 0, max: 0 });
  const histogram = new Histogram();
  histogram.add(-5);
  expect(histogram.percentile(0.99)).toBe(0);
  histogram.add(2 ** 50);
  expect(histogram.summary().count).toBe(2);
  expect(histogram.percentile(1)).toBeGreaterThan(4_000_000_000);
});
