import { type Sql, sql } from '@/lib/db/sql';
import type { Range } from './schema';
import { localMidnight } from './time-zone';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** A range of time at one instant: its buckets, the rollups that fill them, and the same stretch before it. */
export interface Window {
  readonly range: Range;
  readonly from: Date;
  readonly to: Date;
  /** As long as the window itself, one nominal range earlier: the same hours of the day are compared. */
  readonly previous: Period;
  readonly granularity: 'minute' | 'hour' | 'day';
  readonly bucketWidth: 'minute' | 'hour' | 'two_hours' | 'day';
  readonly buckets: readonly Date[];
  /** The start of a rollup row's bucket. */
  readonly bucket: Sql;
}

/**
 * The window of a range that ends at `now`. At most 84 buckets; the last one is still filling.
 * Days and two-hour steps begin at midnight in the viewer's time zone. They are summed from hourly rollups, so in a zone
 * that is off by half an hour the first half hour of a day counts to the day before.
 */
export function windowOf(range: Range, now: Date, timeZone: string): Window {
  if (range === '1h') return stepped(range, now, { stepMs: MINUTE_MS, count: 60, width: 'minute', origin: EPOCH });
  if (range === '24h') return stepped(range, now, { stepMs: HOUR_MS, count: 24, width: 'hour', origin: EPOCH });
  if (range === '7d') {
    const origin = wholeHour(localMidnight(now, timeZone));
    return stepped(range, now, { stepMs: 2 * HOUR_MS, count: 84, width: 'two_hours', origin });
  }
  return localDays(now, timeZone, 30);
}

const EPOCH = new Date(0);

function stepped(
  range: Range,
  now: Date,
  step: { stepMs: number; count: number; width: Window['bucketWidth']; origin: Date },
): Window {
  const origin = step.origin.getTime();
  const last = origin + Math.floor((now.getTime() - origin) / step.stepMs) * step.stepMs;
  const buckets = Array.from({ length: step.count }, (_, i) => new Date(last - (step.count - 1 - i) * step.stepMs));
  const from = buckets[0] ?? now;
  const lengthMs = step.count * step.stepMs;
  return {
    range,
    from,
    to: now,
    previous: { from: new Date(from.getTime() - lengthMs), to: new Date(now.getTime() - lengthMs) },
    granularity: step.stepMs < HOUR_MS ? 'minute' : 'hour',
    bucketWidth: step.width,
    buckets,
    bucket: sql`date_bin(make_interval(secs => ${step.stepMs / 1000}), "bucketAt", ${step.origin}::timestamptz)`,
  };
}

function localDays(now: Date, timeZone: string, count: number): Window {
  const buckets = Array.from({ length: count }, (_, i) => localMidnight(now, timeZone, i - (count - 1)));
  // Where days begin at midnight in UTC they are in the rollups as they are.
  const isUtc = buckets.every((bucket) => bucket.getTime() % DAY_MS === 0);
  const intoTodayMs = now.getTime() - localMidnight(now, timeZone).getTime();
  return {
    range: '30d',
    from: buckets[0] ?? now,
    to: now,
    previous: {
      from: localMidnight(now, timeZone, 1 - 2 * count),
      to: new Date(localMidnight(now, timeZone, -count).getTime() + intoTodayMs),
    },
    granularity: isUtc ? 'day' : 'hour',
    bucketWidth: 'day',
    buckets,
    bucket: sql`date_trunc('day', "bucketAt", ${timeZone})`,
  };
}

function wholeHour(instant: Date): Date {
  return new Date(Math.ceil(instant.getTime() / HOUR_MS) * HOUR_MS);
}
