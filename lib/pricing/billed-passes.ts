import type { Usage, UsageIteration } from '@/lib/gateway/usage';

export type TokenCounts = Pick<
  UsageIteration,
  'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWrite5mTokens' | 'cacheWrite1hTokens'
>;

/** Tokens that are billed together, at one model's rates. */
export interface BilledPass {
  readonly model: string;
  readonly tokens: TokenCounts;
}

/** A refusal before any output is billed for these categories alone. */
const BILLED_REFUSALS: ReadonlySet<string | null> = new Set(['bio', 'frontier_llm', 'reasoning_extraction']);
/** Before this day no refusal before output was billed. */
const REFUSALS_BILLED_FROM_MS = Date.parse('2026-09-24T00:00:00Z');

/**
 * What a call is billed for: its totals, or its iterations one by one, without refusals that are free.
 * Rules: https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback
 */
export function billedPasses(usage: Usage, callModel: string, atMs: number): BilledPass[] {
  const isFree = (refusal: Usage['refusal'] | UsageIteration['refusal']) =>
    atMs < REFUSALS_BILLED_FROM_MS || !BILLED_REFUSALS.has(refusal?.category ?? null);
  if (usage.iterations.length === 0) {
    return usage.refusal?.beforeOutput && isFree(usage.refusal) ? [] : [{ model: callModel, tokens: usage }];
  }
  return usage.iterations
    .filter((pass) => !(wasDeclined(pass, usage) && isFree(pass.refusal ?? usage.refusal)))
    .map((pass) => ({ model: pass.model ?? callModel, tokens: pass }));
}

function wasDeclined(iteration: UsageIteration, usage: Usage): boolean {
  if (iteration.outputTokens > 0) return false;
  if (usage.iterations.some(({ refusal }) => refusal)) return iteration.refusal !== undefined;
  // A log that was sent to us does not tell which pass it was.
  const fellBack = usage.iterations.some(({ type }) => type === 'fallback_message');
  if (iteration.type === 'message') return fellBack || usage.refusal !== null;
  return iteration.type === 'fallback_message' && usage.refusal?.beforeOutput === true;
}
