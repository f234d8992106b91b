import { isRecord } from '../../is-record';
import { NO_USAGE, type Usage } from '../../usage';

/** Reads OpenAI's `usage` objects, taking only what is used and trusting nothing. */

const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : null;
}

/**
 * The usage of a chat completion, a response or a list of embeddings: the same counts under two sets of names.
 * There the prompt includes what was read from the cache; here the classes do not overlap.
 * @returns null where there is none, which is another thing than a usage of zero
 */
export function readUsage(raw: unknown, serviceTier: string | null, webSearches = 0): Usage | null {
  if (!isRecord(raw)) return null;
  const prompt = count(raw.prompt_tokens) ?? count(raw.input_tokens);
  const output = count(raw.completion_tokens) ?? count(raw.output_tokens);
  if (prompt === null && output === null) return null;
  const promptDetails = record(raw.prompt_tokens_details ?? raw.input_tokens_details);
  const outputDetails = record(raw.completion_tokens_details ?? raw.output_tokens_details);
  const whole = prompt ?? 0;
  // DeepSeek's own name stands beside OpenAI's.
  const read = Math.min(whole, count(promptDetails.cached_tokens) ?? count(raw.prompt_cache_hit_tokens) ?? 0);
  const written = Math.min(whole - read, count(promptDetails.cache_write_tokens) ?? 0);
  return {
    ...NO_USAGE,
    inputTokens: whole - read - written,
    outputTokens: output ?? 0,
    cacheReadTokens: read,
    cacheWrite5mTokens: written,
    reasoningTokens: count(outputDetails.reasoning_tokens) ?? 0,
    webSearches,
    serviceTier,
  };
}
