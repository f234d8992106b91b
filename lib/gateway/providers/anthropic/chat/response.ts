import { toAnnotation, type UrlCitation } from './citations';
import { completionId, refusalText, toFinishReason, toServiceTier } from './finish';
import { asArray, asRecord, asString, type JsonRecord } from './json';
import { placed } from './thinking-place';
import { addChatUsage, toChatUsage } from './usage';

export interface CompletionContext {
  /** Ours; "chatcmpl-" is put in front where it is missing. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly createdSeconds: number;
  /** Named in the answer where the provider names no model. */
  readonly requestedModel: string;
  /** The caller used `functions`, and so expects `function_call` back. */
  readonly legacyFunctions?: boolean;
}

/** Several Anthropic messages as the choices of one chat completion; what can be said once is the first one's. */
export function toChatCompletions(messages: readonly unknown[], context: CompletionContext): JsonRecord {
  if (messages.length <= 1) return toChatCompletion(messages[0], context);
  const answers = messages.map((message) => toChatCompletion(message, context));
  return {
    ...answers[0],
    choices: answers.flatMap(({ choices }, index) =>
      asArray(choices).map((choice) => ({ ...asRecord(choice), index })),
    ),
    usage: addChatUsage(messages.map((message) => toChatUsage(asRecord(message).usage))),
  };
}

/** An Anthropic message as an OpenAI chat completion. Unknown blocks are left out; never throws. */
export function toChatCompletion(message: unknown, context: CompletionContext): JsonRecord {
  const source = asRecord(message);
  const usage = asRecord(source.usage);
  const legacy = context.legacyFunctions === true;
  return {
    id: completionId(context.id),
    object: 'chat.completion',
    created: context.createdSeconds,
    model: asString(source.model) || context.requestedModel,
    choices: [
      {
        index: 0,
        message: toAssistantMessage(source, legacy),
        logprobs: null,
        finish_reason: toFinishReason(source.stop_reason, legacy),
      },
    ],
    usage: toChatUsage(usage),
    service_tier: toServiceTier(usage.service_tier),
    system_fingerprint: null,
  };
}

function toAssistantMessage(source: JsonRecord, legacy: boolean): JsonRecord {
  const parts = collect(asArray(source.content));
  const hasCalls = parts.calls.length > 0;
  const refusal = refusalText(source.stop_reason, source.stop_details);
  const message: JsonRecord = {
    role: 'assistant',
    content: parts.text === '' && (hasCalls || refusal !== null) ? null : parts.text,
    refusal,
  };
  if (parts.reasoning !== '') message.reasoning_content = parts.reasoning;
  if (parts.thinkingBlocks.length > 0) message.thinking_blocks = parts.thinkingBlocks;
  if (parts.annotations.length > 0) message.annotations = parts.annotations;
  if (hasCalls && legacy) message.function_call = parts.calls[0]?.function;
  else if (hasCalls) message.tool_calls = parts.calls;
  return message;
}

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

interface Collected {
  text: string;
  reasoning: string;
  readonly thinkingBlocks: JsonRecord[];
  readonly calls: ToolCall[];
  readonly annotations: UrlCitation[];
}

function collect(content: readonly unknown[]): Collected {
  const parts: Collected = { text: '', reasoning: '', thinkingBlocks: [], calls: [], annotations: [] };
  for (const item of content) {
    const block = asRecord(item);
    switch (block.type) {
      case 'text':
        addText(parts, block);
        break;
      case 'thinking':
        parts.reasoning += asString(block.thinking);
        parts.thinkingBlocks.push(placed(block, parts.text.length, parts.calls.length));
        break;
      case 'redacted_thinking':
        parts.thinkingBlocks.push(placed(block, parts.text.length, parts.calls.length));
        break;
      case 'tool_use':
        parts.calls.push(toToolCall(block));
        break;
    }
  }
  return parts;
}

function addText(parts: Collected, block: JsonRecord): void {
  const start = parts.text.length;
  parts.text += asString(block.text);
  for (const citation of asArray(block.citations)) {
    const annotation = toAnnotation(citation, start, parts.text.length);
    if (annotation) parts.annotations.push(annotation);
  }
}

function toToolCall(block: JsonRecord): ToolCall {
  return {
    id: asString(block.id),
    type: 'function',
    function: { name: asString(block.name), arguments: JSON.stringify(block.input ?? {}) },
  };
}
