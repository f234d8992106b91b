import { isRecord } from '../../../is-record';
import type { Block, MessageParam } from './blocks';
import { DEEPEST_LEVELS, isShallow } from './json';
import { RequestProblem } from './problem';
import { toBlocks, toTextBlocks, withCacheControl } from './request-content';
import type { ChatMessage } from './schema';
import { weave } from './thinking-place';

type Assistant = Extract<ChatMessage, { role: 'assistant' }>;

export interface Conversation {
  readonly system: Block[];
  readonly messages: MessageParam[];
}

/**
 * OpenAI's list of messages as Anthropic's system blocks and alternating turns.
 * @throws RequestProblem where a message can't be said in Anthropic's form
 */
export function toConversation(chat: readonly ChatMessage[], warnings: Set<string>): Conversation {
  const builder = new ConversationBuilder(warnings);
  chat.forEach((message, index) => {
    builder.add(message, `messages.${index}`);
  });
  return builder.finish();
}

class ConversationBuilder {
  readonly #warnings: Set<string>;
  readonly #messages: MessageParam[] = [];
  #system: Block[] = [];
  #results: Block[] = [];
  #said: Block[] = [];
  #unanswered: { id: string; name: string }[] = [];
  #legacyCalls = 0;

  constructor(warnings: Set<string>) {
    this.#warnings = warnings;
  }

  add(message: ChatMessage, path: string): void {
    if (message.name && message.role !== 'function') {
      this.#warnings.add('messages[].name is not supported by Anthropic and was not sent.');
    }
    const content = `${path}.content`;
    switch (message.role) {
      case 'system':
      case 'developer':
        this.#system.push(
          ...withCacheControl(toTextBlocks(message.content, content, message.role), message.cache_control),
        );
        break;
      case 'user':
        this.#said.push(...withCacheControl(toBlocks(message.content, content, this.#warnings), message.cache_control));
        break;
      case 'tool':
        this.#addResult(toolId(message.tool_call_id), message, content);
        break;
      case 'function':
        this.#addResult(this.#answeredCall(message.name, path), message, content);
        break;
      case 'assistant':
        this.#addAssistant(message, path);
        break;
    }
  }

  finish(): Conversation {
    this.#endUserTurn();
    if (this.#messages.length === 0 && this.#system.length > 0) {
      this.#warnings.add('Anthropic needs a user message: the system message was sent as one.');
      this.#said = this.#system;
      this.#system = [];
      this.#endUserTurn();
    }
    if (this.#messages.length === 0) {
      throw new RequestProblem('messages: At least one message with content is required.', 'messages');
    }
    trimPrefill(this.#messages);
    return { system: this.#system, messages: this.#messages };
  }

  #addResult(id: string, message: Extract<ChatMessage, { role: 'tool' | 'function' }>, path: string): void {
    const result: Block = { type: 'tool_result', tool_use_id: id };
    const blocks = toBlocks(message.content, path, this.#warnings);
    // A cache breakpoint belongs on the result itself: blocks inside it can't end a cached prefix.
    const breakpoint = message.cache_control ?? blocks.find((block) => block.cache_control)?.cache_control;
    if (blocks.length > 0) result.content = blocks.map(({ cache_control: _, ...block }) => block);
    if (breakpoint) result.cache_control = breakpoint;
    this.#results.push(result);
  }

  #addAssistant(message: Assistant, path: string): void {
    const texts = toTextBlocks(message.content, `${path}.content`, 'assistant');
    if (message.refusal?.trim()) texts.push({ type: 'text', text: message.refusal });
    const blocks = weave(this.#thinking(message.thinking_blocks ?? []), texts, this.#calls(message));
    if (blocks.length === 0) return;
    this.#endUserTurn();
    this.#messages.push({ role: 'assistant', content: withCacheControl(blocks, message.cache_control) });
  }

  #calls(message: Assistant): Block[] {
    const calls = (message.tool_calls ?? []).map((call) =>
      this.#toolUse(toolId(call.id), call.function.name, call.function.arguments),
    );
    if (message.function_call) {
      const { name, arguments: input } = message.function_call;
      const id = `call_legacy_${this.#legacyCalls++}`;
      this.#unanswered.push({ id, name });
      calls.push(this.#toolUse(id, name, input));
    }
    return calls;
  }

  /** A tool's results must stand first in the turn after its call, whatever order the client had. */
  #endUserTurn(): void {
    const content = [...this.#results, ...this.#said];
    this.#results = [];
    this.#said = [];
    if (content.length > 0) this.#messages.push({ role: 'user', content });
  }

  #thinking(blocks: readonly unknown[]): Block[] {
    return blocks.filter((block): block is Block => {
      const signed =
        isRecord(block) &&
        ((block.type === 'thinking' && typeof block.signature === 'string' && block.signature !== '') ||
          (block.type === 'redacted_thinking' && typeof block.data === 'string'));
      if (!signed) this.#warnings.add('A thinking block without its signature was not sent: Anthropic refuses it.');
      return signed;
    });
  }

  #toolUse(id: string, name: string, given: unknown): Block {
    const input = readArguments(given);
    if (input !== null) return { type: 'tool_use', id, name, input };
    this.#warnings.add('The arguments of a tool call were not a JSON object: they were sent as the text they are.');
    return { type: 'tool_use', id, name, input: { invalid_arguments: given } };
  }

  #answeredCall(name: string, path: string): string {
    const index = this.#unanswered.findIndex((call) => call.name === name);
    const [call] = index < 0 ? [] : this.#unanswered.splice(index, 1);
    if (call === undefined) {
      throw new RequestProblem(`${path}: No function_call to ${name} comes before this result.`, path);
    }
    return call.id;
  }
}

function readArguments(given: unknown): Record<string, unknown> | null {
  if (given === null || given === undefined || (typeof given === 'string' && given.trim() === '')) return {};
  if (isRecord(given)) return given;
  if (typeof given !== 'string') return null;
  try {
    const value: unknown = JSON.parse(given);
    return isRecord(value) && isShallow(value, DEEPEST_LEVELS) ? value : null;
  } catch {
    return null;
  }
}

/** Ids of other providers may hold characters that Anthropic refuses; call and result change alike. */
function toolId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_');
}

/** Anthropic refuses a reply to be continued that ends in white space. */
function trimPrefill(messages: MessageParam[]): void {
  const last = messages.at(-1);
  const block = last?.content.at(-1);
  if (last?.role === 'assistant' && block?.type === 'text' && typeof block.text === 'string') {
    last.content[last.content.length - 1] = { ...block, text: block.text.trimEnd() };
  }
}
