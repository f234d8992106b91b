import type { PromptUsage } from './cache';
import type { Model } from './model';
import type { MessageRequest } from './validate/schema';

/** What a reply adds to the bill of its prompt. */
export interface OutputUsage {
  readonly outputTokens: number;
  /** Null where the model did not think. */
  readonly thinkingTokens: number | null;
  /** Null where no server tool was called. */
  readonly webSearches: number | null;
}

/** How the request asked to be served; repeated in its usage. */
export interface ServiceUsage {
  readonly service_tier: 'standard' | 'batch';
  readonly inference_geo: string;
  readonly speed: 'standard' | 'fast';
}

export function serviceUsage(request: MessageRequest, model: Model, isBatch: boolean): ServiceUsage {
  const canChooseGeo = model.generation >= 4.6;
  const isFast = request.speed === 'fast' && model.fastMode !== 'ignored';
  return {
    service_tier: isBatch ? 'batch' : 'standard',
    inference_geo: canChooseGeo ? (request.inference_geo ?? 'global') : 'not_available',
    speed: isFast ? 'fast' : 'standard',
  };
}

/** `usage` of a whole message. */
export function messageUsage(prompt: PromptUsage, output: OutputUsage, service: ServiceUsage) {
  return {
    ...promptFields(prompt),
    cache_creation: cacheCreation(prompt),
    output_tokens: output.outputTokens,
    output_tokens_details: thinkingDetails(output),
    server_tool_use: serverToolUse(output),
    ...service,
  };
}

/** `usage` of `message_start`: the only event that tells the cache lifetimes, tier, region and speed. */
export function startUsage(prompt: PromptUsage, outputTokens: number, service: ServiceUsage) {
  return {
    ...promptFields(prompt),
    cache_creation: cacheCreation(prompt),
    output_tokens: outputTokens,
    ...service,
  };
}

/** `usage` of `message_delta`: totals of the whole message so far, without the split. */
export function deltaUsage(prompt: PromptUsage, output: OutputUsage) {
  const details = thinkingDetails(output);
  const tools = serverToolUse(output);
  return {
    ...promptFields(prompt),
    output_tokens: output.outputTokens,
    ...(details ? { output_tokens_details: details } : {}),
    ...(tools ? { server_tool_use: tools } : {}),
  };
}

function promptFields(prompt: PromptUsage) {
  return {
    input_tokens: prompt.inputTokens,
    cache_creation_input_tokens: prompt.write5mTokens + prompt.write1hTokens,
    cache_read_input_tokens: prompt.cacheReadTokens,
  };
}

function cacheCreation(prompt: PromptUsage) {
  return { ephemeral_5m_input_tokens: prompt.write5mTokens, ephemeral_1h_input_tokens: prompt.write1hTokens };
}

function thinkingDetails(output: OutputUsage) {
  return output.thinkingTokens === null ? null : { thinking_tokens: output.thinkingTokens };
}

function serverToolUse(output: OutputUsage) {
  return output.webSearches === null ? null : { web_search_requests: output.webSearches, web_fetch_requests: 0 };
}
