import { describe, expect, test } from 'vitest';
import {
  formatChange,
  formatCount,
  formatDate,
  formatDurationMs,
  formatMoney,
  formatPlural,
  formatRate,
  formatRelative,
  formatTokens,
} from './format';

test('one is one', () => {
  expect([0, 1, 18_204].map((n) => formatPlural(n, 'request'))).toEqual(['0 requests', '1 request', '18,204 requests']);
  expect(formatPlural(2, 'try', 'tries')).toBe('2 tries');
});

describe('formatMoney', () => {
  test.each([
    [1_204_180_000_000n, '$1,204.18'],
    ['84310000000', '$84.31'],
    [0n, '$0.00'],
    [10_000_000n, '$0.01'],
    [20_400_000n, '$0.02'],
    [421_300n, '$0.0004213'],
    [421_349n, '$0.0004213'],
    [421_350n, '$0.0004214'],
    [9_999_999n, '$0.01'],
    [500_000n, '$0.0005'],
    [1n, '$0.000000001'],
    [-1_250_000_000n, '-$1.25'],
    [-421_300n, '-$0.0004213'],
    [995_000_000n, '$1.00'],
    [123_456_789_012_345_678_901_234n, '$123,456,789,012,345.68'],
  ])('%s nano-dollars is %s', (nano, text) => {
    expect(formatMoney(nano)).toBe(text);
  });

  test.each([
    [20_400_000n, '$0.0204'],
    [20_456_789n, '$0.02046'],
    [420_000_000n, '$0.42'],
    [999_960_000n, '$1.00'],
    [1_234_567_890n, '$1.23'],
  ])('precisely, %s nano-dollars is %s', (nano, text) => {
    expect(formatMoney(nano, { precise: true })).toBe(text);
  });

  test('an unknown price is not zero', () => {
    expect(formatMoney(null)).toBe('—');
    expect(formatMoney(undefined)).toBe('—');
  });
});

test.each([
  [0, '0'],
  [412, '412'],
  [999, '999'],
  [1000, '1k'],
  [3100, '3.1k'],
  [12_400, '12.4k'],
  [99_940, '99.9k'],
  [99_960, '100k'],
  [124_300, '124k'],
  [999_600, '1M'],
  [1_240_000, '1.2M'],
  [3_000_000_000n, '3B'],
  [null, '—'],
])('%s tokens is %s', (tokens, text) => {
  expect(formatTokens(tokens)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [0.4, '<1 ms'],
  [842, '842 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [1840, '1.84 s'],
  [9_994, '9.99 s'],
  [9_996, '10.0 s'],
  [59_960, '1 min'],
  [125_000, '2 min 5 s'],
  [3_599_600, '1 h'],
  [11_520_000, '3 h 12 min'],
  [null, '—'],
  [Number.NaN, '—'],
])('%s milliseconds is %s', (durationMs, text) => {
  expect(formatDurationMs(durationMs)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.0001, '<0.1 %'],
  [0.004, '0.4 %'],
  [0.0996, '10 %'],
  [0.71, '71 %'],
  [0.995, '99.5 %'],
  [0.9999, '>99.9 %'],
  [1, '100 %'],
  [null, '—'],
])('a share of %s is %s', (share, text) => {
  expect(formatRate(share)).toBe(text);
});

test.each([
  [0.12, '+12 %'],
  [-0.04, '-4 %'],
  [0.0004, '0 %'],
  [-0.0004, '0 %'],
  [0.015, '+1.5 %'],
  [23.456, '+2,346 %'],
  [Number.POSITIVE_INFINITY, '—'],
  [null, '—'],
])('a change of %s is %s', (change, text) => {
  expect(formatChange(change)).toBe(text);
});

test('counts have thousands separators', () => {
  expect(formatCount(18_204)).toBe('18,204');
  expect(formatCount(null)).toBe('—');
});

test.each([
  [0, 'just now'],
  [-20, 'just now'],
  [50, '1 min ago'],
  [119, '1 min ago'],
  [3600, '1 hour ago'],
  [7300, '2 hours ago'],
  [86_400, '1 day ago'],
  [-172_800, 'in 2 days'],
  [31_600_000, '1 year ago'],
])('%s seconds ago reads "%s"', (seconds, text) => {
  const now = new Date('2026-11-22T12:00:00Z');
  expect(formatRelative(new Date(now.getTime() - seconds * 1000), now)).toBe(text);
});

test('a date is written in the zone that was asked for', () => {
  const at = new Date('2026-11-22T23:04:31.250Z');
  expect(formatDate(at, 'time', 'UTC')).toBe('23:04:31');
  expect(formatDate(at, 'date', 'Asia/Tokyo')).toBe('Nov 23, 2026');
  expect(formatDate(at, 'exact', 'UTC')).toBe('Nov 22, 2026, 23:04:31.250 UTC');
  expect(formatDate(new Date('2026-11-22T00:00:00Z'), 'time', 'UTC')).toBe('00:00:00');
});
