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

export const pass = (
  type: string,
  model: string | null,
  inputTokens: number,
  outputTokens: number,
): UsageIteration => ({
  type,
  model,
  inputTokens,
  outputTokens,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
});

/** A refusal by the first model, and the reply of the second. */
export const FALLBACK = [
  pass('message', 'claude-fable-5', 535, 0),
  pass('fallback_message', 'claude-opus-4-8', 412, 264),
];
