import { calcPrice, type ModelPrice } from '@pydantic/genai-prices';
import { nanoUsdFromNumber } from '@/lib/money/nano-usd';
import type { ModelPrices, PriceSheet, Rates } from './model-prices';

const sheets = new WeakMap<ModelPrice, PriceSheet>();

/** Prices from the bundled public price list; null where it does not know the model itself. */
export function findLibraryPrices(provider: string, model: string): ModelPrices | null {
  const found = calcPrice({}, model, { providerId: provider, timestamp: new Date(0) });
  if (!found || isLaterVersion(model, found.model.id)) return null;
  return {
    model: found.model.id,
    source: 'genai-prices',
    usMultiplier: false,
    batchMultiplier: found.provider.id === 'anthropic',
    openAiTiers: found.provider.id === 'openai',
    sheetAt: sheetByMinute(provider, model, sheetOf(found.model_price)),
  };
}

/** The list matches by prefix, so that a new "x-5-5" would get the prices of "x-5". A date after the name is no version. */
function isLaterVersion(model: string, matchedId: string): boolean {
  const asked = model.replaceAll('.', '-');
  const matched = matchedId.replaceAll('.', '-');
  return asked.startsWith(matched) && /^-[1-9]\d?(?!\d)(?!-\d\d$)/.test(asked.slice(matched.length));
}

/** Prices change by date and by time of day, in whole minutes; asking the list anew costs a tenth of a millisecond. */
function sheetByMinute(provider: string, model: string, initial: PriceSheet): ModelPrices['sheetAt'] {
  let cached = { minute: 0, sheet: initial };
  return (atMs) => {
    const minute = Math.floor(atMs / 60_000);
    if (minute !== cached.minute) {
      const found = calcPrice({}, model, { providerId: provider, timestamp: new Date(minute * 60_000) });
      cached = { minute, sheet: found ? sheetOf(found.model_price) : initial };
    }
    return cached.sheet;
  };
}

function sheetOf(price: ModelPrice): PriceSheet {
  const known = sheets.get(price);
  if (known) return known;
  const bounds = new Set<number>();
  for (const value of Object.values(price)) {
    if (typeof value === 'object') for (const tier of value.tiers) bounds.add(tier.start);
  }
  const sheet = {
    rates: ratesFor(price, 0),
    tiers: [...bounds]
      .sort((a, b) => b - a)
      .map((start) => ({ abovePromptTokens: start, rates: ratesFor(price, start + 1) })),
    fast: null,
  };
  sheets.set(price, sheet);
  return sheet;
}

/** A class without a price of its own costs what the class around it costs, as the list itself reckons. */
function ratesFor(price: ModelPrice, promptTokens: number): Rates {
  const input = rate(price.input_mtok, promptTokens);
  const cacheWrite5m = rate(price.cache_write_mtok, promptTokens) ?? input;
  const perThousandSearches = rate(price.web_searches_kcount, promptTokens);
  return {
    input,
    output: rate(price.output_mtok, promptTokens),
    cacheRead: rate(price.cache_read_mtok, promptTokens) ?? input,
    cacheWrite5m,
    cacheWrite1h: rate(price.cache_write_1h_mtok, promptTokens) ?? cacheWrite5m,
    webSearch: perThousandSearches === null ? null : perThousandSearches * 1000n,
  };
}

function rate(price: ModelPrice[string], promptTokens: number): bigint | null {
  if (price === undefined) return null;
  if (typeof price === 'number') return nanoUsdFromNumber(price);
  const tier = price.tiers
    .filter(({ start }) => promptTokens > start)
    .reduce<(typeof price.tiers)[number] | null>(
      (highest, candidate) => (highest && highest.start > candidate.start ? highest : candidate),
      null,
    );
  return nanoUsdFromNumber(tier ? tier.price : price.base);
}
