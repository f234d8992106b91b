import { describe, expect, test } from 'vitest';
import { axisTicks, bucketLabel, tickLabel } from './time-axis';

const at = (iso: string) => Date.parse(iso);
const every = (minutes: number, count: number, last: string) =>
  Array.from({ length: count }, (_, i) => at(last) - (count - 1 - i) * minutes * 60_000);

describe('axisTicks', () => {
  test('an hour is labelled every ten minutes', () => {
    const ticks = axisTicks(every(1, 60, '2026-11-22T14:47:00Z'), 'minute', 'UTC');
    expect(ticks.map((tick) => tickLabel(tick, 'minute', 'UTC'))).toEqual([
      '13:50',
      '14:00',
      '14:10',
      '14:20',
      '14:30',
      '14:40',
    ]);
  });

  test('a day is labelled every four hours of the reader’s clock, also half an hour off', () => {
    const buckets = every(60, 24, '2026-11-22T14:00:00Z');
    const labels = (zone: string) => axisTicks(buckets, 'hour', zone).map((tick) => tickLabel(tick, 'hour', zone));
    expect(labels('UTC')).toEqual(['16:00', '20:00', '00:00', '04:00', '08:00', '12:00']);
    expect(labels('Asia/Kolkata')).toEqual(['20:30', '00:30', '04:30', '08:30', '12:30', '16:30']);
  });

  test('a week is labelled at midnights', () => {
    const ticks = axisTicks(every(120, 84, '2026-11-22T14:00:00Z'), 'two_hours', 'UTC');
    expect(ticks.map((tick) => tickLabel(tick, 'two_hours', 'UTC'))).toEqual([
      'Mon 16',
      'Tue 17',
      'Wed 18',
      'Thu 19',
      'Fri 20',
      'Sat 21',
      'Sun 22',
    ]);
  });

  test('a month is labelled every fifth day, today among them', () => {
    const ticks = axisTicks(every(1440, 30, '2026-11-22T00:00:00Z'), 'day', 'UTC');
    expect(ticks.map((tick) => tickLabel(tick, 'day', 'UTC'))).toEqual([
      'Oct 28',
      'Nov 2',
      'Nov 7',
      'Nov 12',
      'Nov 17',
      'Nov 22',
    ]);
  });
});

test('a bucket is named by its time in the reader’s zone', () => {
  expect(bucketLabel(at('2026-11-22T23:00:00Z'), 'hour', 'Europe/Berlin')).toBe('Nov 23, 00:00 – 01:00');
  expect(bucketLabel(at('2026-11-22T14:47:00Z'), 'minute', 'UTC')).toBe('Nov 22, 14:47');
  expect(bucketLabel(at('2026-11-21T23:00:00Z'), 'day', 'Europe/Berlin')).toBe('Sun, Nov 22');
});
