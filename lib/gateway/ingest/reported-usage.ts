import { NO_USAGE, type Usage } from '../usage';
import type { ParsedLog, ParsedUsage } from './schema';

/**
 * The token counts of a log as classes that do not overlap; null where the log has none: tokens are never invented.
 * OpenAI's shape counts cached tokens inside the prompt, Anthropic's beside it.
 */
export function reportedUsage(log: ParsedLog): { usage: Usage | null; warning: string | null } {
  const counts = log.usage && hasCounts(log.usage) ? log.usage : flatCounts(log);
  if (!hasCounts(counts)) return { usage: null, warning: null };
  const prompt = readPrompt(counts);
  return {
    warning: prompt.overlapping
      ? 'The prompt tokens were fewer than their cached part, so they were counted as uncached tokens beside it.'
      : null,
    usage: {
      ...NO_USAGE,
      inputTokens: prompt.input,
      outputTokens: counts.completion_tokens ?? counts.output_tokens ?? 0,
      cacheReadTokens: prompt.read,
      ...splitWrites(prompt.written, counts.cache_creation),
      reasoningTokens:
        counts.completion_tokens_details?.reasoning_tokens ??
        counts.output_tokens_details?.reasoning_tokens ??
        counts.output_tokens_details?.thinking_tokens ??
        0,
      webSearches: counts.server_tool_use?.web_search_requests ?? 0,
      serviceTier: counts.service_tier ?? null,
      speed: counts.speed ?? null,
      inferenceGeo: counts.inference_geo ?? null,
      iterations: (counts.iterations ?? []).map((entry) => ({
        type: entry.type ?? 'message',
        model: entry.model,
        inputTokens: entry.input_tokens ?? 0,
        outputTokens: entry.output_tokens ?? 0,
        cacheReadTokens: entry.cache_read_input_tokens ?? 0,
        ...splitWrites(entry.cache_creation_input_tokens ?? 0, entry.cache_creation),
      })),
    },
  };
}

type Counts = Partial<ParsedUsage>;

function hasCounts(counts: Counts): boolean {
  const { prompt_tokens, completion_tokens, input_tokens, output_tokens } = counts;
  return [prompt_tokens, completion_tokens, input_tokens, output_tokens].some((count) => typeof count === 'number');
}

function flatCounts(log: ParsedLog): Counts {
  const { prompt_tokens, completion_tokens, prompt_cache_hit_tokens, prompt_cache_creation_tokens } = log;
  return { prompt_tokens, completion_tokens, prompt_cache_hit_tokens, prompt_cache_creation_tokens };
}

function readPrompt(counts: Counts): { input: number; read: number; written: number; overlapping: boolean } {
  const read =
    counts.prompt_tokens_details?.cached_tokens ??
    counts.input_tokens_details?.cached_tokens ??
    counts.cache_read_input_tokens ??
    counts.prompt_cache_hit_tokens ??
    0;
  const written =
    counts.cache_creation_input_tokens ??
    counts.cache_creation_prompt_tokens ??
    counts.prompt_tokens_details?.cache_creation_tokens ??
    counts.prompt_cache_creation_tokens ??
    splitTotal(counts.cache_creation);
  const total = counts.prompt_tokens ?? counts.input_tokens ?? 0;
  // OpenAI's Responses API says input_tokens and means the whole prompt; its details tell it from Anthropic's.
  const isWholePrompt = typeof counts.prompt_tokens === 'number' || Boolean(counts.input_tokens_details);
  if (!isWholePrompt) return { input: total, read, written, overlapping: false };
  const uncached = total - read - written;
  return uncached < 0
    ? { input: total, read, written, overlapping: true }
    : { input: uncached, read, written, overlapping: false };
}

function splitTotal(split: ParsedUsage['cache_creation'] | undefined): number {
  return (split?.ephemeral_5m_input_tokens ?? 0) + (split?.ephemeral_1h_input_tokens ?? 0);
}

/** Writes that no lifetime is reported for have the provider's default of 5 minutes. */
function splitWrites(written: number, split: ParsedUsage['cache_creation'] | undefined) {
  const cacheWrite1hTokens = split?.ephemeral_1h_input_tokens ?? 0;
  return {
    cacheWrite5mTokens: Math.max(written - cacheWrite1hTokens, split?.ephemeral_5m_input_tokens ?? 0),
    cacheWrite1hTokens,
  };
}
