/** What a provider says a call used. Token classes do not overlap: the whole prompt is their sum, output apart. */
export interface Usage {
  /** Uncached input, after the last cache breakpoint. */
  readonly inputTokens: number;
  /** Everything generated, thinking included. */
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  /** Cache writes with a lifetime of 5 minutes. */
  readonly cacheWrite5mTokens: number;
  /** Cache writes with a lifetime of 1 hour. */
  readonly cacheWrite1hTokens: number;
  /** Informational part of outputTokens. */
  readonly reasoningTokens: number;
  readonly webSearches: number;
  /** As reported: standard, priority, batch. */
  readonly serviceTier: string | null;
  /** As reported: standard, fast. */
  readonly speed: string | null;
  /** As reported: global, us. */
  readonly inferenceGeo: string | null;
  /** A part was estimated: the provider did not report it, because the answer was cut or its attempt cancelled. */
  readonly estimated: boolean;
  /**
   * Sampling passes that are billed one by one, each at its own model (server-side fallback, compaction, advisor).
   * Where present they replace the totals above for pricing.
   */
  readonly iterations: readonly UsageIteration[];
  /** Set when the model refused; before any output the category decides whether the call is billed. */
  readonly refusal: { readonly category: string | null; readonly beforeOutput: boolean } | null;
}

export interface UsageIteration {
  readonly type: string;
  /** Null where the provider leaves it out: the model of the call. */
  readonly model: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  /** Set where the provider says that this pass was declined, and handed on or answered with a refusal. */
  readonly refusal?: { readonly category: string | null };
}

export const NO_USAGE: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  reasoningTokens: 0,
  webSearches: 0,
  serviceTier: null,
  speed: null,
  inferenceGeo: null,
  estimated: false,
  iterations: [],
  refusal: null,
};

/** The whole prompt: uncached, read from cache and written to it. */
export function promptTokens(
  usage: Pick<Usage, 'inputTokens' | 'cacheReadTokens' | 'cacheWrite5mTokens' | 'cacheWrite1hTokens'>,
): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
}

/** The prompt of a call, as that of another one with the same prompt is estimated. */
export function samePrompt(usage: Usage): Usage {
  const { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = usage;
  const { serviceTier, speed, inferenceGeo } = usage;
  const prompt = { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens };
  return { ...NO_USAGE, ...prompt, serviceTier, speed, inferenceGeo, estimated: true };
}

/** What several calls used together. What is said of one call alone (tier, region, refusal) is the first one's. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    ...a,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWrite5mTokens: a.cacheWrite5mTokens + b.cacheWrite5mTokens,
    cacheWrite1hTokens: a.cacheWrite1hTokens + b.cacheWrite1hTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    webSearches: a.webSearches + b.webSearches,
    estimated: a.estimated || b.estimated,
    iterations: [...a.iterations, ...b.iterations],
  };
}
