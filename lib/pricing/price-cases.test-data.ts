import type { Usage, UsageIteration } from '@/lib/gateway/usage';

export interface PriceCase {
  readonly name: string;
  readonly model: string;
  readonly usage: Partial<Usage>;
  /** Exact dollars; null where the price must be unknown. */
  readonly usd: string | null;
  /** ISO time; left out: 2026-11-22. */
  readonly at?: string;
  readonly provider?: string;
}

const pass = (type: string, model: string | null, inputTokens: number, outputTokens: number): UsageIteration => ({
  type,
  model,
  inputTokens,
  outputTokens,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
});

const FALLBACK = [pass('message', 'claude-fable-5', 535, 0), pass('fallback_message', 'claude-opus-4-8', 412, 264)];

/** Worked by hand from Anthropic's published prices. */
export const WORKED_EXAMPLES: readonly PriceCase[] = [
  { name: 'plain', model: 'claude-opus-5-5', usage: { inputTokens: 1200, outputTokens: 800 }, usd: '0.0208' },
  {
    name: 'first turn, 5-minute cache write',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 21, cacheWrite5mTokens: 188086, outputTokens: 393 },
    usd: '0.948374',
  },
  {
    name: 'second turn, cache hit',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 21, cacheReadTokens: 188086, outputTokens: 393 },
    usd: '0.0455612',
  },
  {
    name: 'both cache lifetimes',
    model: 'claude-sonnet-5-5',
    usage: {
      inputTokens: 2048,
      cacheReadTokens: 1800,
      cacheWrite5mTokens: 148,
      cacheWrite1hTokens: 100,
      outputTokens: 503,
    },
    usd: '0.010076',
  },
  {
    name: 'cache writes without a split count as 5-minute ones',
    model: 'claude-haiku-4-5',
    usage: { inputTokens: 50, cacheWrite5mTokens: 5000, cacheReadTokens: 20000, outputTokens: 300 },
    usd: '0.0098',
  },
  {
    name: 'thinking is inside the output',
    model: 'claude-fable-5-2',
    usage: { inputTokens: 900, outputTokens: 4000, reasoningTokens: 3500 },
    usd: '0.1672',
  },
  {
    name: 'web search',
    model: 'claude-opus-5',
    usage: {
      inputTokens: 105,
      cacheWrite5mTokens: 7345,
      cacheReadTokens: 7123,
      outputTokens: 6039,
      webSearches: 1,
    },
    usd: '0.21096775',
  },
  { name: 'failed search', model: 'claude-opus-5', usage: { inputTokens: 105, outputTokens: 200 }, usd: '0.005525' },
  { name: 'web fetch', model: 'claude-opus-5', usage: { inputTokens: 25039, outputTokens: 931 }, usd: '0.14847' },
  {
    name: 'low tier',
    model: 'claude-haiku-5-5',
    usage: { inputTokens: 990, cacheWrite5mTokens: 9000, cacheReadTokens: 90000, outputTokens: 1000 },
    usd: '0.002624',
  },
  {
    name: 'tier boundary: exactly 100,000 is low',
    model: 'claude-haiku-5-5',
    usage: { inputTokens: 10000, cacheReadTokens: 90000, outputTokens: 1000 },
    usd: '0.0024',
  },
  {
    name: 'one token more moves every class',
    model: 'claude-haiku-5-5',
    usage: { inputTokens: 10001, cacheReadTokens: 90000, outputTokens: 1000 },
    usd: '0.0120005',
  },
  {
    name: 'batch with 1-hour cache',
    model: 'claude-sonnet-5-5',
    usage: {
      serviceTier: 'batch',
      inputTokens: 500,
      cacheWrite1hTokens: 20000,
      cacheReadTokens: 80000,
      outputTokens: 2000,
    },
    usd: '0.0545',
  },
  {
    name: 'batch in the high tier',
    model: 'claude-haiku-5-5',
    usage: { serviceTier: 'batch', inputTokens: 150000, outputTokens: 2000 },
    usd: '0.04',
  },
  {
    name: 'fast mode',
    model: 'claude-opus-5-5',
    usage: {
      speed: 'fast',
      inputTokens: 1000,
      cacheWrite1hTokens: 4000,
      cacheReadTokens: 60000,
      outputTokens: 2500,
    },
    usd: '0.196',
  },
  {
    name: 'US only',
    model: 'claude-opus-5',
    usage: {
      inferenceGeo: 'us',
      inputTokens: 1000,
      cacheWrite5mTokens: 2000,
      cacheReadTokens: 50000,
      outputTokens: 1500,
    },
    usd: '0.088',
  },
  {
    name: 'fast in the US',
    model: 'claude-opus-5-5',
    usage: { speed: 'fast', inferenceGeo: 'us', inputTokens: 1000, cacheReadTokens: 60000, outputTokens: 2500 },
    usd: '0.1452',
  },
  {
    name: 'refused before output, cyber: free',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 412, refusal: { category: 'cyber', beforeOutput: true } },
    usd: '0',
  },
  {
    name: 'refused before output, bio: billed',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 412, refusal: { category: 'bio', beforeOutput: true } },
    usd: '0.001648',
  },
  {
    name: 'refused in mid-stream: billed',
    model: 'claude-opus-5-5',
    usage: {
      inputTokens: 412,
      cacheReadTokens: 30000,
      outputTokens: 180,
      refusal: { category: 'cyber', beforeOutput: false },
    },
    usd: '0.011248',
  },
  {
    name: 'server-side fallback after a free refusal',
    model: 'claude-fable-5',
    usage: { iterations: FALLBACK, refusal: { category: 'cyber', beforeOutput: true } },
    usd: '0.00866',
  },
  {
    name: 'server-side fallback after a billed refusal',
    model: 'claude-fable-5',
    usage: { iterations: FALLBACK, refusal: { category: 'bio', beforeOutput: true } },
    usd: '0.01401',
  },
  {
    name: 'compaction is billed beside the totals',
    model: 'claude-opus-5-5',
    usage: {
      inputTokens: 23000,
      outputTokens: 1000,
      iterations: [pass('compaction', null, 180000, 3500), pass('message', 'claude-opus-5-5', 23000, 1000)],
    },
    usd: '0.902',
  },
  {
    name: 'cache pre-warm without output',
    model: 'claude-opus-5',
    usage: { inputTokens: 8, cacheWrite5mTokens: 5120 },
    usd: '0.03204',
  },
  {
    name: 'aborted stream, output estimated',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 350, cacheReadTokens: 42000, outputTokens: 300, estimated: true },
    usd: '0.0158',
  },
  {
    name: 'fast asked, standard served',
    model: 'claude-opus-4-6',
    usage: { speed: 'standard', inputTokens: 1000, outputTokens: 1000 },
    usd: '0.03',
  },
  {
    name: 'stop reasons have no price: reported tokens are billed',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 1200, outputTokens: 800, serviceTier: 'standard', inferenceGeo: 'global', speed: 'standard' },
    usd: '0.0208',
  },
  {
    name: 'priority tier at list prices',
    model: 'claude-opus-4-8',
    usage: { serviceTier: 'priority', inputTokens: 410, outputTokens: 585 },
    usd: '0.016675',
  },
];

/** Boundaries of dates, names, tiers and modifiers. */
export const BOUNDARY_CASES: readonly PriceCase[] = [
  {
    name: 'cache read of sonnet-5-5 on its last day at the first price',
    model: 'claude-sonnet-5-5',
    usage: { cacheReadTokens: 1_000_000 },
    at: '2026-10-06T23:59:59.999Z',
    usd: '0.2',
  },
  {
    name: 'cache read of sonnet-5-5 from 7 October',
    model: 'claude-sonnet-5-5',
    usage: { cacheReadTokens: 1_000_000 },
    at: '2026-10-07T00:00:00Z',
    usd: '0.1',
  },
  {
    name: 'any refusal before output was free until 23 September',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 412, refusal: { category: 'bio', beforeOutput: true } },
    at: '2026-09-23T23:59:59.999Z',
    usd: '0',
  },
  {
    name: 'refusal without a category is free',
    model: 'claude-opus-5-5',
    usage: { inputTokens: 412, refusal: { category: null, beforeOutput: true } },
    usd: '0',
  },
  {
    name: 'fallback without a known refusal category: the declined pass is free',
    model: 'claude-fable-5',
    usage: { iterations: FALLBACK },
    usd: '0.00866',
  },
  {
    name: 'fallback that was refused too',
    model: 'claude-fable-5',
    usage: {
      iterations: [pass('message', null, 535, 0), pass('fallback_message', 'claude-opus-4-8', 412, 0)],
      refusal: { category: 'cyber', beforeOutput: true },
    },
    usd: '0',
  },
  {
    name: 'pre-warm reported as an iteration is no refusal',
    model: 'claude-opus-5',
    usage: { iterations: [pass('message', 'claude-opus-5', 5120, 0)] },
    usd: '0.0256',
  },
  {
    name: 'compaction is billed though the message was refused',
    model: 'claude-opus-5-5',
    usage: {
      iterations: [pass('compaction', null, 1000, 100), pass('message', null, 500, 0)],
      refusal: { category: 'cyber', beforeOutput: true },
    },
    usd: '0.006',
  },
  {
    name: 'advisor at its own model',
    model: 'claude-haiku-4-5',
    usage: { iterations: [pass('message', null, 1000, 100), pass('advisor_message', 'claude-opus-5-5', 1000, 100)] },
    usd: '0.0075',
  },
  {
    name: 'each pass has its own prompt length',
    model: 'claude-haiku-5-5',
    usage: { iterations: [pass('message', null, 60_000, 0), pass('message', null, 60_000, 0)] },
    usd: '0.012',
  },
  {
    name: 'one pass of an unknown model makes the cost unknown',
    model: 'claude-opus-5-5',
    usage: { iterations: [pass('message', null, 10, 10), pass('advisor_message', 'claude-nova-9', 10, 10)] },
    usd: null,
  },
  {
    name: 'batch and US: search fees stay whole',
    model: 'claude-opus-5',
    usage: { serviceTier: 'batch', inferenceGeo: 'us', inputTokens: 1000, webSearches: 3 },
    usd: '0.03275',
  },
  {
    name: 'no US multiplier before the 4.6 generation',
    model: 'claude-haiku-4-5',
    usage: { inferenceGeo: 'us', inputTokens: 1000 },
    usd: '0.001',
  },
  {
    name: 'fast mode where no fast price is published',
    model: 'claude-fable-5-2',
    usage: { speed: 'fast', inputTokens: 1000 },
    usd: null,
  },
  {
    name: 'opus-4-6 above 200k before the flat price',
    model: 'claude-opus-4-6',
    usage: { inputTokens: 200_001 },
    at: '2026-03-12T23:59:59Z',
    usd: '2.00001',
  },
  {
    name: 'opus-4-6 above 200k at the flat price',
    model: 'claude-opus-4-6',
    usage: { inputTokens: 200_001 },
    usd: '1.000005',
  },
  { name: 'nothing used', model: 'claude-opus-5-5', usage: {}, usd: '0' },
  { name: 'a billion tokens', model: 'claude-opus-4-1', usage: { outputTokens: 1_000_000_000 }, usd: '75000' },
  {
    name: 'half a nano-dollar is rounded up, once',
    model: 'claude-haiku-5-5',
    usage: { serviceTier: 'batch', cacheReadTokens: 1, inputTokens: 0 },
    usd: '0.000000005',
  },
  { name: 'negative tokens', model: 'claude-opus-5-5', usage: { inputTokens: -1 }, usd: null },
  { name: 'half a token', model: 'claude-opus-5-5', usage: { outputTokens: 0.5 }, usd: null },
  { name: 'NaN tokens', model: 'claude-opus-5-5', usage: { outputTokens: Number.NaN }, usd: null },
  {
    name: 'openai model',
    provider: 'openai',
    model: 'gpt-4o',
    usage: { inputTokens: 1000, cacheReadTokens: 1000, outputTokens: 1000 },
    usd: '0.01375',
  },
  {
    name: 'openai tier at its bound',
    provider: 'openai',
    model: 'gpt-5.4',
    usage: { inputTokens: 271_999 },
    usd: '0.6799975',
  },
  {
    name: 'openai tier, one token more',
    provider: 'openai',
    model: 'gpt-5.4',
    usage: { inputTokens: 272_000, outputTokens: 1000 },
    usd: '1.3825',
  },
  {
    name: 'openai price before it changed',
    provider: 'openai',
    model: 'gpt-5.6-sol',
    usage: { outputTokens: 1000 },
    at: '2026-08-20T23:59:59Z',
    usd: '0.03',
  },
  {
    name: 'openai price after it changed',
    provider: 'openai',
    model: 'gpt-5.6-sol',
    usage: { outputTokens: 1000 },
    at: '2026-08-21T00:00:00Z',
    usd: '0.02',
  },
  {
    name: 'a library model without a search price',
    provider: 'openai',
    model: 'gpt-4.1-nano',
    usage: { inputTokens: 1000, webSearches: 1 },
    usd: null,
  },
];
