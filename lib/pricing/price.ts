import type { Cost, CostPart } from '@/lib/gateway/cost';
import type { Usage } from '@/lib/gateway/usage';
import { divideRounded } from '@/lib/money/nano-usd';
import { type BilledPass, billedPasses } from './billed-passes';
import type { ModelPrices, Rates } from './model-prices';
import { findPrices } from './price-book';

/** Multipliers are counted in twentieths, the largest unit in which x0.5, x1.1 and both together are whole. */
const WHOLE = 20n;
const PER_MILLION = 1_000_000n;

/**
 * What a call cost, in nano-dollars, exact until one rounding at the end.
 * Null where any price it needs is unknown, or a count is not a whole number: never a guess, never 0 for unknown.
 */
export function priceUsage(input: { provider: string; model: string; usage: Usage; at: Date }): Cost | null {
  const { provider, model, usage } = input;
  const atMs = input.at.getTime();
  const callPrices = findPrices(provider, model);
  if (!callPrices || Number.isNaN(atMs)) return null;

  const bill = new Bill(callPrices.source);
  const passes = billedPasses(usage, model, atMs);
  for (const pass of passes) {
    const prices = pass.model === model ? callPrices : findPrices(provider, pass.model);
    if (!prices || !addPass(bill, pass, prices, usage, atMs, pass.model === model)) return null;
  }
  if (passes.length < Math.max(1, usage.iterations.length)) bill.modifiers.add('refused before output: not billed');
  const searchRate = callPrices.sheetAt(atMs).rates.webSearch;
  return bill.add('web_search', model, usage.webSearches, searchRate, WHOLE) ? bill.total() : null;
}

function addPass(
  bill: Bill,
  { model, tokens }: BilledPass,
  prices: ModelPrices,
  usage: Usage,
  atMs: number,
  isCallModel: boolean,
): boolean {
  if (prices.openAiTiers && usage.serviceTier === 'priority') return false;
  const rates = ratesOf(bill, prices, tokens, usage, atMs, isCallModel);
  if (!rates) return false;
  bill.sources.add(prices.source);
  const multiplier = multiplierOf(bill, prices, usage);
  return (
    bill.add('input', model, tokens.inputTokens, rates.input, multiplier) &&
    bill.add('cache_write_5m', model, tokens.cacheWrite5mTokens, rates.cacheWrite5m, multiplier) &&
    bill.add('cache_write_1h', model, tokens.cacheWrite1hTokens, rates.cacheWrite1h, multiplier) &&
    bill.add('cache_read', model, tokens.cacheReadTokens, rates.cacheRead, multiplier) &&
    bill.add('output', model, tokens.outputTokens, rates.output, multiplier)
  );
}

function ratesOf(
  bill: Bill,
  prices: ModelPrices,
  tokens: BilledPass['tokens'],
  usage: Usage,
  atMs: number,
  isCallModel: boolean,
): Rates | null {
  const sheet = prices.sheetAt(atMs);
  if (usage.speed === 'fast' && (sheet.fast || isCallModel)) {
    bill.modifiers.add('fast mode');
    return sheet.fast;
  }
  const promptTokens =
    tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWrite5mTokens + tokens.cacheWrite1hTokens;
  const tier = sheet.tiers.find(({ abovePromptTokens }) => promptTokens > abovePromptTokens);
  if (tier) bill.modifiers.add(`prompt over ${tier.abovePromptTokens} tokens`);
  return tier ? tier.rates : sheet.rates;
}

function multiplierOf(bill: Bill, prices: ModelPrices, usage: Usage): bigint {
  let multiplier = WHOLE;
  if (prices.batchMultiplier && usage.serviceTier === 'batch') {
    bill.modifiers.add('batch x0.5');
    multiplier /= 2n;
  }
  if (prices.openAiTiers && usage.serviceTier === 'flex') {
    bill.modifiers.add('flex x0.5');
    multiplier /= 2n;
  }
  if (prices.usMultiplier && usage.inferenceGeo === 'us') {
    bill.modifiers.add('us x1.1');
    multiplier = (multiplier * 11n) / 10n;
  }
  return multiplier;
}

/** Adds up parts exactly: the sum is kept in twentieths of a millionth of a nano-dollar. */
class Bill {
  readonly modifiers = new Set<string>();
  readonly sources: Set<string>;
  private readonly parts: CostPart[] = [];
  private sum = 0n;

  constructor(source: string) {
    this.sources = new Set([source]);
  }

  /** False where the part can't be priced. A part of nothing needs no price. */
  add(kind: CostPart['class'], model: string, quantity: number, rate: bigint | null, multiplier: bigint): boolean {
    if (quantity === 0) return true;
    if (rate === null || !Number.isSafeInteger(quantity) || quantity < 0) return false;
    const exact = BigInt(quantity) * rate * multiplier;
    this.sum += exact;
    this.parts.push({
      class: kind,
      model,
      quantity,
      nanoUsdPerMillion: rate.toString(),
      costNanoUsd: divideRounded(exact, WHOLE * PER_MILLION).toString(),
    });
    return true;
  }

  total(): Cost {
    return {
      costNanoUsd: divideRounded(this.sum, WHOLE * PER_MILLION),
      parts: this.parts,
      modifiers: [...this.modifiers],
      source: [...this.sources].join(' + '),
    };
  }
}
