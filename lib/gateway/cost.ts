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

/** What several calls cost together. Each was rounded when it was priced, as the provider bills it. */
export function addCosts(costs: readonly [Cost, ...Cost[]]): Cost {
  const parts = new Map<string, CostPart>();
  for (const part of costs.flatMap((cost) => cost.parts)) {
    const key = `${part.class} ${part.model} ${part.nanoUsdPerMillion}`;
    const known = parts.get(key);
    parts.set(key, known ? sumOf(known, part) : part);
  }
  return {
    costNanoUsd: costs.reduce((sum, cost) => sum + cost.costNanoUsd, 0n),
    parts: [...parts.values()],
    modifiers: [...new Set(costs.flatMap((cost) => cost.modifiers))],
    source: [...new Set(costs.map((cost) => cost.source))].join(' + '),
  };
}

function sumOf(a: CostPart, b: CostPart): CostPart {
  return {
    ...a,
    quantity: a.quantity + b.quantity,
    costNanoUsd: String(BigInt(a.costNanoUsd) + BigInt(b.costNanoUsd)),
  };
}
