import { isRecord } from '../../is-record';
import { NO_USAGE, type Usage, type UsageIteration } from '../../usage';

/** Reads Anthropic's `usage` objects, taking only what is used and trusting nothing. */

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The usage of a whole message, or of `message_start`. */
export function readUsage(raw: unknown): Usage {
  if (!isRecord(raw)) return NO_USAGE;
  const details = isRecord(raw.output_tokens_details) ? raw.output_tokens_details : {};
  const tools = isRecord(raw.server_tool_use) ? raw.server_tool_use : {};
  const { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = readTokens(raw);
  // Written out: an object that begins with a spread and goes on growing costs a hundred times as much.
  return {
    inputTokens,
    outputTokens,
    cacheReadTokens,
    cacheWrite5mTokens,
    cacheWrite1hTokens,
    reasoningTokens: count(details.thinking_tokens) ?? 0,
    webSearches: count(tools.web_search_requests) ?? 0,
    serviceTier: text(raw.service_tier),
    speed: text(raw.speed),
    inferenceGeo: text(raw.inference_geo),
    estimated: false,
    iterations: readIterations(raw.iterations),
    refusal: null,
  };
}

/**
 * Applies a `message_delta`'s usage: cumulative totals that replace what `message_start` said, where they are given.
 * Cache writes that grew since have no split; they are 5-minute ones, because the server's own tool results are cached so.
 */
export function applyDelta(start: Usage, raw: unknown): Usage {
  if (!isRecord(raw)) return start;
  const details = isRecord(raw.output_tokens_details) ? raw.output_tokens_details : {};
  const tools = isRecord(raw.server_tool_use) ? raw.server_tool_use : {};
  const written = count(raw.cache_creation_input_tokens);
  const iterations = readIterations(raw.iterations);
  return {
    ...start,
    inputTokens: count(raw.input_tokens) ?? start.inputTokens,
    outputTokens: count(raw.output_tokens) ?? start.outputTokens,
    cacheReadTokens: count(raw.cache_read_input_tokens) ?? start.cacheReadTokens,
    cacheWrite5mTokens: written === null ? start.cacheWrite5mTokens : Math.max(0, written - start.cacheWrite1hTokens),
    reasoningTokens: count(details.thinking_tokens) ?? start.reasoningTokens,
    webSearches: count(tools.web_search_requests) ?? start.webSearches,
    iterations: iterations.length > 0 ? iterations : start.iterations,
  };
}

/**
 * Notes on each pass that was declined why: one model hands on to the next with a `fallback` block that names the category, and
 * the last one may end in a refusal of its own.
 * @param handedOn the category of each hop, in order
 */
export function withRefusals(
  iterations: readonly UsageIteration[],
  handedOn: readonly (string | null)[],
  final: Usage['refusal'],
): UsageIteration[] {
  const declined = new Map<UsageIteration, { category: string | null }>();
  const lasts = lastPassOfEachModel(iterations);
  for (const [hop, category] of handedOn.entries()) {
    const pass = lasts[hop];
    if (pass) declined.set(pass, { category });
  }
  const last = lasts.at(-1);
  if (final && last) declined.set(last, { category: final.category });
  return iterations.map((pass) => {
    const refusal = declined.get(pass);
    return refusal ? { ...pass, refusal } : pass;
  });
}

/** A model may sample more than once, with its tools between; what it declines is its last pass. */
function lastPassOfEachModel(iterations: readonly UsageIteration[]): UsageIteration[] {
  const samples = iterations.filter(({ type }) => type === 'message' || type === 'fallback_message');
  return samples.filter((pass, index) => pass.model !== samples[index + 1]?.model || index === samples.length - 1);
}

function readTokens(raw: Record<string, unknown>) {
  const split = isRecord(raw.cache_creation) ? raw.cache_creation : null;
  const written = count(raw.cache_creation_input_tokens) ?? 0;
  const write1h = count(split?.ephemeral_1h_input_tokens) ?? 0;
  return {
    inputTokens: count(raw.input_tokens) ?? 0,
    outputTokens: count(raw.output_tokens) ?? 0,
    cacheReadTokens: count(raw.cache_read_input_tokens) ?? 0,
    // Without a split the total is priced as 5-minute writes.
    cacheWrite5mTokens: count(split?.ephemeral_5m_input_tokens) ?? Math.max(0, written - write1h),
    cacheWrite1hTokens: write1h,
  };
}

function readIterations(raw: unknown): UsageIteration[] {
  if (!Array.isArray(raw)) return [];
  return raw
    .filter(isRecord)
    .map((entry) => ({ type: text(entry.type) ?? 'message', model: text(entry.model), ...readTokens(entry) }));
}
