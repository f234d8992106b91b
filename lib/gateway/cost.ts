/** One priced class of a call. Amounts are strings of whole nano-dollars, so that they survive JSON. */
export interface CostPart {
  readonly class: 'input' | 'output' | 'cache_read' | 'cache_write_5m' | 'cache_write_1h' | 'web_search';
  /** The model this part was priced at, where a call was served by several. */
  readonly model: string;
  /** Tokens, or searches. */
  readonly quantity: number;
  /** Nano-dollars per million tokens, or per million searches, before the multiplier. */
  readonly nanoUsdPerMillion: string;
  /** Rounded for display; the total is rounded once and is the sum of the exact parts. */
  readonly costNanoUsd: string;
}

/** What a call cost and why. */
export interface Cost {
  readonly costNanoUsd: bigint;
  readonly parts: readonly CostPart[];
  /** Multipliers that applied, such as "batch x0.5" or "us x1.1"; empty for list prices. */
  readonly modifiers: readonly string[];
  /** Where the prices came from: "respan" (our override table), "genai-prices", or "caller" (sent with a log). */
  readonly source: string;
}
