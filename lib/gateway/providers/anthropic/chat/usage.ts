import { asCount, asRecord, type JsonRecord } from './json';

export interface ChatUsage {
  /** The whole prompt, cached and cache-written tokens included. */
  readonly prompt_tokens: number;
  /** Everything generated, thinking included. */
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: {
    readonly audio_tokens: 0;
    readonly cached_tokens: number;
    readonly cache_creation_tokens: number;
  };
  readonly completion_tokens_details: {
    readonly reasoning_tokens: number;
    readonly audio_tokens: 0;
    readonly accepted_prediction_tokens: 0;
    readonly rejected_prediction_tokens: 0;
  };
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
}

/** Anthropic's usage as OpenAI clients count it: Anthropic leaves cached tokens out of the prompt, OpenAI has them in. */
export function toChatUsage(anthropicUsage: unknown): ChatUsage {
  const usage = asRecord(anthropicUsage);
  const cacheRead = asCount(usage.cache_read_input_tokens);
  const cacheWrite = asCount(usage.cache_creation_input_tokens);
  const prompt = asCount(usage.input_tokens) + cacheRead + cacheWrite;
  const completion = asCount(usage.output_tokens);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { audio_tokens: 0, cached_tokens: cacheRead, cache_creation_tokens: cacheWrite },
    completion_tokens_details: {
      reasoning_tokens: asCount(asRecord(usage.output_tokens_details).thinking_tokens),
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
  };
}

/** What several calls used, each billed for its own prompt: sums all the way down. */
export function addChatUsage(usages: readonly ChatUsage[]): ChatUsage {
  const sum = (count: (usage: ChatUsage) => number) => usages.reduce((total, usage) => total + count(usage), 0);
  return {
    prompt_tokens: sum((usage) => usage.prompt_tokens),
    completion_tokens: sum((usage) => usage.completion_tokens),
    total_tokens: sum((usage) => usage.total_tokens),
    prompt_tokens_details: {
      audio_tokens: 0,
      cached_tokens: sum((usage) => usage.prompt_tokens_details.cached_tokens),
      cache_creation_tokens: sum((usage) => usage.prompt_tokens_details.cache_creation_tokens),
    },
    completion_tokens_details: {
      reasoning_tokens: sum((usage) => usage.completion_tokens_details.reasoning_tokens),
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    cache_creation_input_tokens: sum((usage) => usage.cache_creation_input_tokens),
    cache_read_input_tokens: sum((usage) => usage.cache_read_input_tokens),
  };
}

/** Later events of a stream hold running totals: they replace what is known, and null means unchanged. */
export function mergeUsage(known: JsonRecord, reported: unknown): JsonRecord {
  const merged = { ...known };
  for (const [key, value] of Object.entries(asRecord(reported))) {
    if (value !== null && value !== undefined) merged[key] = value;
  }
  return merged;
}
