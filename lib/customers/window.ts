import { type Sql, sql } from '@/lib/db/sql';
import type { CustomerRange } from './schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const;

export interface CustomerWindow {
  readonly bucketWidth: 'hour' | 'day';
  readonly buckets: readonly number[];
  /** Rows of CustomerRollup in it. */
  readonly rows: Sql;
}

/** A range that ends now: 24 clock hours, or days in UTC, the one that is still filling included. */
export function windowOf(range: CustomerRange, now: Date): CustomerWindow {
  const bucketWidth = range === '24h' ? 'hour' : 'day';
  const [stepMs, count] = range === '24h' ? [HOUR_MS, 24] : [DAY_MS, DAYS[range]];
  const last = Math.floor(now.getTime() / stepMs) * stepMs;
  const buckets = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * stepMs);
  const from = new Date(buckets[0] ?? last);
  return { bucketWidth, buckets, rows: sql`"granularity" = ${bucketWidth} AND "bucketAt" >= ${from}` };
}
