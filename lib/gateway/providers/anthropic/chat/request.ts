import type { Block } from './blocks';
import { asRecord, DEEPEST_LEVELS, isShallow } from './json';
import { toStrictSchema } from './json-schema';
import { type ModelRules, modelRules } from './model-rules';
import { problemOf, RequestProblem } from './problem';
import { toConversation } from './request-messages';
import { toSampling } from './request-sampling';
import { isThinkingOn, type ReasoningSettings, toReasoning } from './request-thinking';
import { isForced, type ToolSettings, toToolSettings, unforced } from './request-tools';
import { warnUnsupported } from './request-unsupported';
import { type ChatRequest, chatRequestSchema } from './schema';

export type MessagesRequest =
  | {
      readonly ok: true;
      readonly request: Record<string, unknown>;
      /** What could not be done as asked, one sentence each. */
      readonly warnings: string[];
      /** For createChatStream: the caller wants a last chunk with the usage. */
      readonly includeUsage: boolean;
      /** For the way back: the caller used `functions`, and so expects `function_call`. */
      readonly legacyFunctions: boolean;
      /** How many answers are asked for, each by a call of its own. */
      readonly choices: number;
    }
  | { readonly ok: false; readonly message: string; readonly param: string | null };

const DEFAULT_MAX_TOKENS = 4096;
/** Anthropic answers with one choice: each is a call of its own, made at the same time. */
const MOST_CHOICES = 8;
const JSON_INSTRUCTION = 'Answer with one valid JSON object and nothing else: no text around it, no code fence.';

/** An OpenAI chat completion request as an Anthropic Messages request. No input makes it throw. */
export function toMessagesRequest(body: unknown): MessagesRequest {
  try {
    return translate(body);
  } catch (error) {
    if (error instanceof RequestProblem) return { ok: false, message: error.message, param: error.param };
    throw error;
  }
}

function translate(body: unknown): MessagesRequest {
  if (!isShallow(body, DEEPEST_LEVELS)) throw new RequestProblem('The body is nested too deep.', null);
  const parsed = chatRequestSchema.safeParse(body);
  if (!parsed.success) throw problemOf(parsed.error);
  const chat = parsed.data;
  const choices = chat.n ?? 1;
  if (!Number.isInteger(choices) || choices < 1 || choices > MOST_CHOICES) {
    throw new RequestProblem(`n: must be a whole number from 1 to ${MOST_CHOICES} for a Claude model.`, 'n');
  }
  const warnings = new Set<string>();
  warnUnsupported(asRecord(body), warnings);
  return {
    ok: true,
    request: build(chat, modelRules(chat.model), warnings),
    warnings: [...warnings],
    includeUsage: chat.stream_options?.include_usage === true,
    legacyFunctions: (chat.functions?.length ?? 0) > 0,
    choices,
  };
}

function build(chat: ChatRequest, rules: ModelRules, warnings: Set<string>): Record<string, unknown> {
  const { system, messages } = toConversation(chat.messages, warnings);
  const maxTokens = chat.max_completion_tokens ?? chat.max_tokens ?? null;
  const tools = toToolSettings(chat, rules, warnings);
  const situation = { forcedTool: isForced(tools.choice), maxTokens, messages };
  const reasoning = toReasoning(chat, rules, situation, warnings);
  const request: Record<string, unknown> = {
    model: chat.model,
    // Thinking counts against the limit, so a default limit leaves its room for the answer.
    max_tokens: maxTokens ?? DEFAULT_MAX_TOKENS + (reasoning.thinking?.budget_tokens ?? 0),
  };
  const systemBlocks = withFormatInstruction(system, chat, warnings);
  if (systemBlocks.length > 0) request.system = systemBlocks;
  request.messages = messages;
  addTools(request, tools, reasoning, warnings);
  addReasoning(request, reasoning, chat);
  Object.assign(request, toSampling(chat, rules, isThinkingOn(reasoning.thinking), warnings));
  addRest(request, chat, warnings);
  return request;
}

/** Anthropic has no plain JSON mode. The instruction comes last, where it leaves a cached prefix whole. */
function withFormatInstruction(system: Block[], chat: ChatRequest, warnings: Set<string>): Block[] {
  if (chat.response_format?.type !== 'json_object') return system;
  warnings.add('response_format json_object became an instruction: Anthropic enforces only json_schema.');
  return [...system, { type: 'text', text: JSON_INSTRUCTION }];
}

function addTools(
  request: Record<string, unknown>,
  { tools, choice }: ToolSettings,
  { thinking }: ReasoningSettings,
  warnings: Set<string>,
): void {
  if (tools.length === 0) return;
  request.tools = tools;
  if (choice === null) return;
  request.tool_choice = choice;
  if (isForced(choice) && isThinkingOn(thinking)) {
    warnings.add('A forced tool_choice is not possible together with thinking: "auto" was sent instead.');
    request.tool_choice = unforced(choice);
  }
}

function addReasoning(
  request: Record<string, unknown>,
  { thinking, effort }: ReasoningSettings,
  chat: ChatRequest,
): void {
  if (thinking) request.thinking = thinking;
  const output: Record<string, unknown> = {};
  if (effort) output.effort = effort;
  if (chat.response_format?.type === 'json_schema') {
    output.format = { type: 'json_schema', schema: toStrictSchema(chat.response_format.json_schema.schema) };
  }
  if (Object.keys(output).length > 0) request.output_config = output;
}

function addRest(request: Record<string, unknown>, chat: ChatRequest, warnings: Set<string>): void {
  const stops = stopSequences(chat.stop, warnings);
  if (stops.length > 0) request.stop_sequences = stops;
  if (chat.stream) request.stream = true;
  if (chat.cache_control) request.cache_control = chat.cache_control;
  const user = chat.user ?? chat.safety_identifier;
  if (user !== null && user !== undefined && user !== '') request.metadata = { user_id: String(user) };
  const tier = serviceTier(chat.service_tier, warnings);
  if (tier !== null) request.service_tier = tier;
}

function stopSequences(stop: ChatRequest['stop'], warnings: Set<string>): string[] {
  const asked = stop === null || stop === undefined ? [] : [stop].flat();
  const taken = asked.filter((sequence) => sequence.trim() !== '');
  if (taken.length < asked.length) {
    warnings.add('A stop sequence of white space alone is refused by Anthropic and was not sent.');
  }
  return taken;
}

/** Anthropic's "auto" uses a priority commitment where there is one; it is also what it does unasked. */
function serviceTier(tier: string | null | undefined, warnings: Set<string>): 'auto' | 'standard_only' | null {
  switch (tier) {
    case null:
    case undefined:
    case 'auto':
      return null;
    case 'default':
    case 'standard_only':
      return 'standard_only';
    case 'priority':
    case 'scale':
      return 'auto';
    default:
      warnings.add(`service_tier "${tier.slice(0, 40)}" is not supported by Anthropic and was not sent.`);
      return null;
  }
}
