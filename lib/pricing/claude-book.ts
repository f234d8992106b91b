import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { CLAUDE_PRICES, CLAUDE_WEB_SEARCH_USD, type ClaudePrices, type UsdRates } from './claude-prices';
import type { ModelPrices, PriceSheet, Rates } from './model-prices';

const BOOK = new Map(
  CLAUDE_PRICES.flatMap((row) => {
    const prices = compile(row);
    return [row.model, ...(row.aliases ?? [])].map((name) => [name, prices] as const);
  }),
);

/** Our own prices for a Claude model, by id, dated id or alias; undefined where the table does not have it. */
export function findClaudePrices(model: string): ModelPrices | undefined {
  const name = model.replaceAll('.', '-');
  return BOOK.get(name) ?? BOOK.get(name.replace(/-latest$|[-@]20\d{6}$/, ''));
}

function compile(row: ClaudePrices): ModelPrices {
  const newestFirst = row.periods
    .map((period) => ({
      fromMs: period.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(`${period.from}T00:00:00Z`),
      sheet: {
        rates: toRates(period.rates),
        tiers: period.longPrompt
          ? [{ abovePromptTokens: period.longPrompt.above, rates: toRates(period.longPrompt.rates) }]
          : [],
        fast: period.fast ? toRates(period.fast) : null,
      },
    }))
    .reverse();
  const [oldest] = newestFirst.slice(-1);
  if (!oldest) throw new Error(`No prices for ${row.model}`);
  return {
    model: row.model,
    source: 'respan',
    usMultiplier: row.usMultiplier,
    batchMultiplier: true,
    openAiTiers: false,
    sheetAt: (atMs): PriceSheet => (newestFirst.find(({ fromMs }) => atMs >= fromMs) ?? oldest).sheet,
  };
}

function toRates([input, cacheWrite5m, cacheWrite1h, cacheRead, output]: UsdRates): Rates {
  return {
    input: nanoUsdFromDecimal(input),
    output: nanoUsdFromDecimal(output),
    cacheRead: nanoUsdFromDecimal(cacheRead),
    cacheWrite5m: nanoUsdFromDecimal(cacheWrite5m),
    cacheWrite1h: nanoUsdFromDecimal(cacheWrite1h),
    webSearch: nanoUsdFromDecimal(CLAUDE_WEB_SEARCH_USD) * 1_000_000n,
  };
}
