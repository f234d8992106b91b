/** How many values fell into one bin of a histogram. Sparse: bins without values are left out. */
export interface BinCount {
  readonly bin: number;
  readonly count: number;
}

/** Each bin reaches 2 % further than the one before, so that its representative is within 0.991 % of all its values. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** 24 days: what an integer column of milliseconds can hold. Its bin is 1086. */
const LONGEST_MS = 2_147_483_647;

/** The bin of a duration. Bin 0 is everything under a millisecond; bin n holds (1.02^(n-2), 1.02^(n-1)] ms. Fits a smallint. */
export function binOf(valueMs: number): number {
  if (!(valueMs >= 1)) return 0;
  return 1 + Math.ceil(Math.log(Math.min(valueMs, LONGEST_MS)) / LOG_GROWTH);
}

/** The duration in milliseconds that stands for a bin: at most 1 % from every value in it. 0 for bin 0. */
export function valueOfBin(bin: number): number {
  return bin <= 0 ? 0 : (2 * GROWTH ** (bin - 1)) / (GROWTH + 1);
}

/**
 * A percentile by nearest rank, in milliseconds, within 1 % of the exact one. Null where there are no values.
 * @param bins in any order; a bin may come more than once, as when several histograms are put together
 * @param q between 0 and 1: 0.95 for the 95th percentile
 */
export function percentile(bins: readonly BinCount[], q: number): number | null {
  const sorted = bins.filter(({ count }) => count > 0).sort((a, b) => a.bin - b.bin);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  let remaining = Math.max(1, Math.ceil(total * q));
  for (const { bin, count } of sorted) {
    remaining -= count;
    if (remaining <= 0) return valueOfBin(bin);
  }
  const last = sorted.at(-1);
  return last ? valueOfBin(last.bin) : null;
}
