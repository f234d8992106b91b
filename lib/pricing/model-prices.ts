/** Nano-dollars per million tokens (web searches: per million searches). Null where the price is not known. */
export interface Rates {
  readonly input: bigint | null;
  readonly output: bigint | null;
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
  readonly cacheWrite1h: bigint | null;
  readonly webSearch: bigint | null;
}

/** The prices of one model at one time. */
export interface PriceSheet {
  readonly rates: Rates;
  /** Rates for longer prompts, longest first: the first whose bound the whole prompt exceeds holds for every class. */
  readonly tiers: readonly { readonly abovePromptTokens: number; readonly rates: Rates }[];
  readonly fast: Rates | null;
}

export interface ModelPrices {
  /** The model as the price source names it. */
  readonly model: string;
  readonly source: 'respan' | 'genai-prices';
  /** Whether x1.1 applies to inference kept in the US. */
  readonly usMultiplier: boolean;
  /** Whether x0.5 applies to batches. */
  readonly batchMultiplier: boolean;
  /** Whether OpenAI's service tiers apply: x0.5 for flex; the price of priority is not in any list we have. */
  readonly openAiTiers: boolean;
  /** The sheet in force at a time in milliseconds since the epoch. */
  sheetAt(atMs: number): PriceSheet;
}
