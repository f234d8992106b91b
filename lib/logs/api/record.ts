import { z } from 'zod';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { assembleStream, isEventStream } from '../event-stream';
import { isObject, type Json, parseJson } from '../json';

const count = z.number().int().nullable();
const text = z.string().nullable();
const nano = z.coerce.bigint().nullable();

/** A stored log, as the API reads it. */
export const storedLog = z.object({
  id: z.guid(),
  environment: z.enum(['production', 'test']),
  simulated: z.boolean(),
  logMethod: z.string(),
  logType: z.string(),
  apiKeyId: text,
  keyName: text,
  credentialName: text,
  endpoint: z.string(),
  provider: text,
  requestedModel: text,
  model: text,
  stream: z.boolean(),
  status: z.string(),
  statusCode: z.number().int(),
  errorCause: text,
  errorType: text,
  errorMessage: text,
  stopReason: text,
  startedAt: z.date(),
  latencyMs: count,
  ttftMs: count,
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  reasoningTokens: count,
  costNanoUsd: nano,
  credentialSource: text,
  warnings: z.array(z.string()),
  attemptCount: z.number().int(),
  promptPreview: text,
  replyPreview: text,
  customerIdentifier: text,
  threadIdentifier: text,
  customIdentifier: text,
  metadata: z.record(z.string(), z.unknown()).nullable().catch(null),
});
export type StoredLog = z.output<typeof storedLog>;

/** A log as the API answers it. Times are seconds, money is dollars, as documented. */
export const apiLog = z
  .object({
    id: z.guid(),
    unique_id: z.string(),
    organization_id: z.guid(),
    organization_key_id: text,
    organization_key_name: text,
    organization_key__name: text,
    environment: z.enum(['prod', 'test']),
    is_test: z.boolean(),
    log_method: z.string(),
    log_type: z.string(),
    status: z.string(),
    status_code: z.number().int(),
    failed: z.boolean(),
    error_bit: z.union([z.literal(0), z.literal(1)]),
    error_message: text,
    error_type: text,
    error_cause: text,
    warnings: text,
    model: text,
    foundation_model: text,
    full_model_name: text,
    provider_id: text,
    deployment_name: text,
    used_custom_credential: z.boolean(),
    covered_by: text,
    stream: z.boolean(),
    timestamp: z.iso.datetime(),
    start_time: z.iso.datetime(),
    latency: z.number().nullable(),
    time_to_first_token: z.number().nullable(),
    tokens_per_second: z.number().nullable(),
    cost: z.number().nullable(),
    prompt_tokens: count,
    completion_tokens: count,
    total_request_tokens: count,
    prompt_cache_hit_tokens: count,
    prompt_cache_creation_tokens: count,
    reasoning_tokens: count,
    cache_hit: z.boolean(),
    finish_reason: text,
    request_url_path: z.string(),
    customer_identifier: text,
    thread_identifier: text,
    custom_identifier: text,
    metadata: z.record(z.string(), z.unknown()),
    input: z.unknown(),
    output: z.unknown(),
    prompt_messages: z.unknown(),
    completion_message: z.unknown(),
    tools: z.unknown(),
    tool_choice: z.unknown(),
    tool_calls: z.unknown(),
    full_request: z.unknown(),
    full_response: z.unknown(),
    bodies_omitted: z
      .literal(true)
      .optional()
      .meta({ description: 'The bodies before it in this page are 64 MB already: get this log by itself.' }),
  })
  .catchall(z.unknown())
  .meta({ id: 'Log' });
export type ApiLog = z.input<typeof apiLog>;

/** What is read from the bodies; a list without any of these is spared them. */
export const BODY_FIELDS: ReadonlySet<string> = new Set([
  ...['input', 'output', 'prompt_messages', 'completion_message', 'tools', 'tool_choice', 'tool_calls'],
  ...['full_request', 'full_response'],
]);

export interface Bodies {
  readonly request: string | null;
  readonly response: string | null;
}

export function toApiLog(organizationId: string, log: StoredLog, bodies: Bodies | undefined): ApiLog {
  const { respan_fields: kept, ...metadata } = log.metadata ?? {};
  const prompt = sum(log.inputTokens, log.cacheReadTokens, log.cacheWrite5mTokens, log.cacheWrite1hTokens);
  const failed = log.status === 'error' || log.status === 'interrupted';
  return {
    // Documented fields without a column of their own stand under their names; a real column always wins.
    ...(isObject(kept) ? kept : {}),
    id: log.id,
    unique_id: log.id,
    organization_id: organizationId,
    organization_key_id: log.apiKeyId,
    organization_key_name: log.keyName,
    organization_key__name: log.keyName,
    environment: log.environment === 'test' ? 'test' : 'prod',
    is_test: log.environment === 'test',
    log_method: log.logMethod,
    log_type: log.logType,
    status: log.status,
    status_code: log.statusCode,
    failed,
    error_bit: failed ? 1 : 0,
    error_message: log.errorMessage,
    error_type: log.errorType,
    error_cause: log.errorCause,
    warnings: log.warnings.join('\n') || null,
    model: log.model ?? log.requestedModel,
    foundation_model: log.model,
    full_model_name: log.requestedModel,
    provider_id: log.provider,
    deployment_name: log.credentialName,
    used_custom_credential: (log.credentialSource ?? 'credits') !== 'credits',
    covered_by: log.credentialSource,
    stream: log.stream,
    timestamp: new Date(log.startedAt.getTime() + (log.latencyMs ?? 0)).toISOString(),
    start_time: log.startedAt.toISOString(),
    ...speedOf(log),
    cost: log.costNanoUsd === null ? null : nanoUsdToNumber(log.costNanoUsd),
    prompt_tokens: prompt,
    completion_tokens: log.outputTokens,
    total_request_tokens: prompt === null || log.outputTokens === null ? null : prompt + log.outputTokens,
    prompt_cache_hit_tokens: log.cacheReadTokens,
    prompt_cache_creation_tokens: sum(log.cacheWrite5mTokens, log.cacheWrite1hTokens),
    reasoning_tokens: log.reasoningTokens,
    cache_hit: log.model === 'respan/cache',
    finish_reason: log.stopReason,
    request_url_path: log.endpoint,
    customer_identifier: log.customerIdentifier,
    thread_identifier: log.threadIdentifier,
    custom_identifier: log.customIdentifier,
    metadata,
    ...contentOf(log, bodies),
  };
}

function speedOf({ latencyMs, ttftMs, outputTokens }: StoredLog) {
  const writingMs = latencyMs === null ? 0 : latencyMs - (ttftMs ?? 0);
  return {
    latency: latencyMs === null ? null : latencyMs / 1000,
    time_to_first_token: ttftMs === null ? null : ttftMs / 1000,
    tokens_per_second: outputTokens === null || writingMs <= 0 ? null : (outputTokens * 1000) / writingMs,
  };
}

/** The whole of a sum whose first part is known. */
function sum(first: number | null, ...more: readonly (number | null)[]): number | null {
  return first === null ? null : more.reduce<number>((total, part) => total + (part ?? 0), first);
}

/** Bodies in the words of the API, whatever the shape they were sent in. */
function contentOf(log: StoredLog, bodies: Bodies | undefined) {
  const request = parsed(bodies?.request ?? null);
  const response = parsed(bodies?.response ?? null);
  const sent = isObject(request) ? request : {};
  const answer = messageOf(response);
  const message = isObject(answer) ? answer : null;
  return {
    input: sent.input ?? log.promptPreview,
    output: (isObject(response) ? response.output : undefined) ?? message?.content ?? answer ?? log.replyPreview,
    prompt_messages: sent.prompt_messages ?? sent.messages ?? null,
    completion_message: message,
    tools: sent.tools ?? null,
    tool_choice: sent.tool_choice ?? null,
    tool_calls: message?.tool_calls ?? null,
    full_request: sent.full_request ?? request ?? null,
    full_response: response ?? null,
  };
}

function parsed(body: string | null): unknown {
  if (body === null) return null;
  const stream = isEventStream(body) ? assembleStream(body) : null;
  if (stream) return stream.messages[0] ?? null;
  const value = parseJson(body);
  return value === undefined ? body : value;
}

/** The assistant's message within an answer: OpenAI's choice, Anthropic's message, or what was logged as one. */
function messageOf(response: unknown): Json | unknown {
  if (!isObject(response)) return response;
  const [choice] = Array.isArray(response.choices) ? response.choices : [];
  if (isObject(choice) && isObject(choice.message)) return choice.message;
  if (isObject(response.completion_message)) return response.completion_message;
  if (response.content === undefined && response.tool_calls === undefined) return null;
  const { role = 'assistant', ...rest } = response;
  return { role, ...rest };
}
