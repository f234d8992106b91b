import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, type Sql, sql } from '@/lib/db/sql';
import { type BinCount, percentile } from '@/lib/gateway/histogram';
import { type Rows, rollupsIn, type Scope } from './scope';

/** Counts by bin, of several histograms put together. */
export class Histogram {
  private readonly counts: number[] = [];

  /** Adds two arrays of one length as Postgres writes them, `{1,2,3}`: read by hand, because there may be a million numbers. */
  addArrays(bins: string, counts: string): void {
    let at = 1;
    let from = 1;
    while (from < bins.length - 1) {
      let bin = 0;
      for (let digit = bins.charCodeAt(from) - 48; digit >= 0 && digit <= 9; digit = bins.charCodeAt(++from) - 48) {
        bin = bin * 10 + digit;
      }
      let count = 0;
      for (let digit = counts.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = counts.charCodeAt(++at) - 48) {
        count = count * 10 + digit;
      }
      this.counts[bin] = (this.counts[bin] ?? 0) + count;
      from += 1;
      at += 1;
    }
  }

  merge(other: Histogram): void {
    for (const { bin, count } of other.bins()) this.counts[bin] = (this.counts[bin] ?? 0) + count;
  }

  bins(): BinCount[] {
    const found: BinCount[] = [];
    // Bins without values are holes, which this passes over.
    this.counts.forEach((count, bin) => {
      found.push({ bin, count });
    });
    return found;
  }

  /** In milliseconds, for each of the shares of 1; null where there are no values. */
  percentiles<const Q extends readonly number[]>(...shares: Q): { [I in keyof Q]: number | null };
  percentiles(...shares: number[]): (number | null)[] {
    const bins = this.bins();
    return shares.map((share) => percentile(bins, share));
  }
}

export interface Durations {
  readonly latency: Histogram;
  readonly ttft: Histogram;
}

export function noDurations(): Durations {
  return { latency: new Histogram(), ttft: new Histogram() };
}

/** The histograms of each bucket of the window that has any, by the bucket's time. */
export function durationsOverTime(ctx: Context, scope: Scope): Promise<Map<number, Durations>> {
  return durationsBy(scope.window.bucket, rollupsIn(ctx, scope));
}

export async function durationsIn(rows: Rows): Promise<Durations> {
  const [durations = noDurations()] = (await durationsBy(sql`NULL::timestamptz`, rows)).values();
  return durations;
}

const row = z.object({
  at: z.date().nullable(),
  latencyBins: z.string(),
  latencyCounts: z.string(),
  ttftBins: z.string(),
  ttftCounts: z.string(),
});

/** Put together here: unnesting and grouping a month of hours takes Postgres ten times as long as writing them out. */
async function durationsBy(at: Sql, { from, where }: Rows): Promise<Map<number, Durations>> {
  const found = await queryRows(
    sql`SELECT ${at} AS "at", "latencyBins"::text, "latencyCounts"::text, "ttftBins"::text, "ttftCounts"::text
        FROM ${from} WHERE ${where}`,
    row,
  );
  const buckets = new Map<number, Durations>();
  for (const { at: bucket, latencyBins, latencyCounts, ttftBins, ttftCounts } of found) {
    const key = bucket?.getTime() ?? 0;
    const durations = buckets.get(key) ?? noDurations();
    buckets.set(key, durations);
    durations.latency.addArrays(latencyBins, latencyCounts);
    durations.ttft.addArrays(ttftBins, ttftCounts);
  }
  return buckets;
}
