import type { z } from 'zod';
import type { Client } from '../auth';
import { hasBeta } from '../betas';
import { invalid } from '../errors';
import type { Model } from '../model';
import { callableModel } from '../models';
import { checkCacheControl } from './cache-rules';
import { checkConversation } from './conversation-rules';
import { firstFault } from './issues';
import { checkModelRules } from './model-rules';
import { countTokensRequest, type MessageRequest, messageRequest, type PromptRequest } from './schema';
import { checkTools } from './tool-rules';

/** A request that the provider would take. */
export interface Accepted<T extends PromptRequest = MessageRequest> {
  readonly request: T;
  readonly model: Model;
  readonly client: Client;
}

/** Checks a body of `POST /v1/messages`. @throws ApiError 400 or 404 with the provider's text. */
export function acceptMessage(body: unknown, client: Client): Accepted {
  checkBetaFields(body, client.betas);
  const request = parse(messageRequest[client.version], body);
  if (request.messages.length === 0) throw invalid('messages: at least one message is required');
  const model = callableModel(request.model);
  checkModelRules(request, model, client);
  checkPrompt(request, model, client);
  return { request, model, client };
}

/** Checks a body of `POST /v1/messages/count_tokens`. @throws ApiError 400 or 404 with the provider's text. */
export function acceptCount(body: unknown, client: Client): Accepted<PromptRequest> {
  checkBetaFields(body, client.betas);
  const request = parse(countTokensRequest, body);
  if (request.messages.length === 0) throw invalid('messages: at least one message is required');
  const model = callableModel(request.model);
  checkPrompt(request, model, client);
  return { request, model, client };
}

function checkPrompt(request: PromptRequest, model: Model, client: Client): void {
  checkMessageFields(request, client.betas);
  checkTools(request, model);
  checkConversation(request, model, client.version);
  checkCacheControl(request, client.betas);
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw firstFault(parsed.error.issues, body);
  return parsed.data;
}

const FIELD_BETAS: Record<string, readonly string[]> = {
  context_management: ['context-management', 'compact'],
  mcp_servers: ['mcp-client'],
  output_format: ['structured-outputs'],
  fallbacks: ['server-side-fallback'],
  fallback_credit_token: ['fallback-credit'],
  compaction: ['compact-2026-09-04'],
  thread: ['message-threads'],
  billing_policy: ['user-profiles-billing'],
};

const MESSAGE_FIELD_BETAS: readonly ['output_config' | 'clear_at', readonly string[]][] = [
  ['output_config', ['mid-conversation-output-config', 'per-turn-control']],
  ['clear_at', ['mid-conversation-system-clear-at', 'per-turn-control']],
];

function checkMessageFields({ messages }: PromptRequest, betas: ReadonlySet<string>): void {
  for (const [index, message] of messages.entries()) {
    for (const [field, families] of MESSAGE_FIELD_BETAS) {
      if (message[field] === undefined || (message.role === 'system' && hasBeta(betas, ...families))) continue;
      throw invalid(`messages.${index}.${field}: Extra inputs are not permitted`);
    }
  }
}

function checkBetaFields(body: unknown, betas: ReadonlySet<string>): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('Input should be a valid dictionary');
  }
  for (const [field, families] of Object.entries(FIELD_BETAS)) {
    if (field in body && !hasBeta(betas, ...families)) throw invalid(`${field}: Extra inputs are not permitted`);
  }
}
