import { describe, expect, test } from 'vitest';
import { RANGES } from './schema';
import { localMidnight } from './time-zone';
import { windowOf } from './window';

const NOW = new Date('2026-11-22T14:47:31.250Z');
const iso = (date: Date | undefined) => date?.toISOString();

describe('windowOf', () => {
  test.each([
    ['1h', 60, '2026-11-22T13:48:00.000Z', '2026-11-22T14:47:00.000Z', 'minute'],
    ['24h', 24, '2026-11-21T15:00:00.000Z', '2026-11-22T14:00:00.000Z', 'hour'],
    ['7d', 84, '2026-11-15T16:00:00.000Z', '2026-11-22T14:00:00.000Z', 'hour'],
    ['30d', 30, '2026-10-24T00:00:00.000Z', '2026-11-22T00:00:00.000Z', 'day'],
  ] as const)('%s has %i buckets up to the one that is filling', (range, count, first, last, granularity) => {
    const window = windowOf(range, NOW, 'UTC');
    expect(window.buckets).toHaveLength(count);
    expect(iso(window.buckets[0])).toBe(first);
    expect(iso(window.buckets.at(-1))).toBe(last);
    expect(window.granularity).toBe(granularity);
    expect(window.to).toEqual(NOW);
  });

  test.each(RANGES)('%s is compared with as long a stretch, which ends before it begins', (range) => {
    const { from, to, previous } = windowOf(range, NOW, 'UTC');
    expect(previous.to.getTime() - previous.from.getTime()).toBe(to.getTime() - from.getTime());
    expect(previous.to.getTime()).toBeLessThanOrEqual(from.getTime());
  });

  test('days begin at local midnight, also across a change of the clocks', () => {
    const window = windowOf('30d', NOW, 'Europe/Berlin');
    // Summer time ended on 25 October.
    expect(window.buckets.slice(0, 3).map(iso)).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
    expect(iso(window.buckets.at(-1))).toBe('2026-11-21T23:00:00.000Z');
    expect(window.granularity).toBe('hour');
  });

  test('two-hour steps start at even local hours', () => {
    const window = windowOf('7d', NOW, 'Asia/Tokyo');
    expect(iso(window.buckets.at(-1))).toBe('2026-11-22T13:00:00.000Z');
  });
});

describe('localMidnight', () => {
  test.each([
    ['UTC', 0, '2026-11-22T00:00:00.000Z'],
    ['America/New_York', 0, '2026-11-22T05:00:00.000Z'],
    ['Asia/Kolkata', 0, '2026-11-21T18:30:00.000Z'],
    ['Pacific/Auckland', 0, '2026-11-22T11:00:00.000Z'],
    ['America/New_York', -21, '2026-11-01T04:00:00.000Z'],
    ['America/New_York', -20, '2026-11-02T05:00:00.000Z'],
  ])('%s, %i days away', (zone, days, expected) => {
    expect(iso(localMidnight(NOW, zone, days))).toBe(expected);
  });
});
