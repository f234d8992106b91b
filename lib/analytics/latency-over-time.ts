import { type BinCount, valueOfBin } from '@/lib/gateway/histogram';
import { type Durations, noDurations } from './histograms';
import { HEAT_BANDS_MS, type LatencyPoint } from './schema';
import type { Scope } from './scope';

/** Percentiles of the whole request and of its first content, a bucket. Null where nothing finished. */
export function latencyOverTime({ window }: Scope, durations: ReadonlyMap<number, Durations>): LatencyPoint[] {
  return window.buckets.map((bucket) => point(bucket.getTime(), durations.get(bucket.getTime()) ?? noDurations()));
}

function point(at: number, { latency, ttft }: Durations): LatencyPoint {
  const [p50Ms, p90Ms, p95Ms, p99Ms] = latency.percentiles(0.5, 0.9, 0.95, 0.99);
  const [ttftP50Ms, ttftP90Ms, ttftP95Ms, ttftP99Ms] = ttft.percentiles(0.5, 0.9, 0.95, 0.99);
  return { at, p50Ms, p90Ms, p95Ms, p99Ms, ttftP50Ms, ttftP90Ms, ttftP95Ms, ttftP99Ms, bands: bandsOf(latency.bins()) };
}

/** How many requests took as long as each band of the heat map. */
function bandsOf(bins: readonly BinCount[]): number[] {
  const bands = HEAT_BANDS_MS.map(() => 0);
  for (const { bin, count } of bins) {
    const band = HEAT_BANDS_MS.findLastIndex((fromMs) => valueOfBin(bin) >= fromMs);
    bands[band] = (bands[band] ?? 0) + count;
  }
  return bands;
}
