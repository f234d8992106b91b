import type { Cost } from '@/lib/gateway/cost';

/**
 * What the provider's prompt cache saved on one call, in nano-dollars: tokens read from it against the price of input,
 * less what writing cost above that. Negative where more was written than read. The price of input is taken from the call
 * itself; a call without uncached input, or whose cost the caller gave without parts, counts as 0.
 */
export function cacheSavedNanoUsd(cost: Cost | null): bigint {
  if (!cost) return 0n;
  let saved = 0n;
  for (const part of cost.parts) {
    if (part.class !== 'cache_read' && part.class !== 'cache_write_5m' && part.class !== 'cache_write_1h') continue;
    const input = cost.parts.find((one) => one.class === 'input' && one.model === part.model);
    const rate = BigInt(part.nanoUsdPerMillion);
    if (!input || rate === 0n) continue;
    // The part's cost holds the multiplier of the call.
    saved += (BigInt(part.costNanoUsd) * (BigInt(input.nanoUsdPerMillion) - rate)) / rate;
  }
  return saved;
}
