import { isObject, type Json, objectsIn, parseJson, text } from './json';

/** A stored event stream put together again: the messages it amounts to, in the shape of the provider that sent them. */
export interface Assembled {
  /** More than one where several choices were asked for. */
  readonly messages: readonly Json[];
  /** The stream stopped before its last event. */
  readonly cut: boolean;
}

/** Whether a body is an event stream rather than JSON. */
export function isEventStream(body: string): boolean {
  return /^(?:\s*:[^\n]*\n|\s*\n)*(event|data|id|retry):/.test(body.slice(0, 2000));
}

/** Puts Anthropic's or OpenAI's events together. Null where no event could be read. */
export function assembleStream(body: string): Assembled | null {
  const events: Json[] = [];
  let done = false;
  for (const frame of body.split(/\r?\n\r?\n/)) {
    const data = dataOf(frame);
    if (data === '[DONE]') done = true;
    const event = parseJson(data);
    if (isObject(event)) events.push(event);
  }
  if (events.length === 0) return null;
  return events.some((event) => Array.isArray(event.choices)) ? fromChunks(events, done) : fromEvents(events);
}

function dataOf(frame: string): string {
  const lines = frame.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n');
}

interface Block {
  readonly start: Json;
  text: string;
  thinking: string;
  input: string;
}

function fromEvents(events: readonly Json[]): Assembled {
  const blocks = new Map<unknown, Block>();
  let cut = true;
  let error: Json | null = null;
  for (const event of events) {
    if (event.type === 'content_block_start' && isObject(event.content_block)) {
      blocks.set(event.index, { start: event.content_block, text: '', thinking: '', input: '' });
    }
    const block = blocks.get(event.index);
    if (event.type === 'content_block_delta' && block && isObject(event.delta)) {
      block.text += text(event.delta.text) ?? '';
      block.thinking += text(event.delta.thinking) ?? '';
      block.input += text(event.delta.partial_json) ?? '';
    }
    if (event.type === 'message_stop') cut = false;
    if (event.type === 'error') error = event;
  }
  const content = [...blocks.values()].map(finished);
  const message = { type: 'message', role: 'assistant', content, ...(error ? { failure: error.error } : {}) };
  return { messages: [message], cut };
}

function finished({ start, text: said, thinking, input }: Block): Json {
  if (start.type === 'text') return { ...start, text: `${text(start.text) ?? ''}${said}` };
  if (start.type === 'thinking') return { ...start, thinking: `${text(start.thinking) ?? ''}${thinking}` };
  if (input === '') return start;
  const parsed = parseJson(input);
  return { ...start, input: parsed === undefined ? input : parsed };
}

interface Call {
  id: string | null;
  name: string;
  arguments: string;
}

interface Choice {
  content: string;
  reasoning: string;
  stopped: boolean;
  readonly calls: Map<unknown, Call>;
}

function fromChunks(chunks: readonly Json[], done: boolean): Assembled {
  const choices = new Map<unknown, Choice>();
  let error: unknown;
  for (const chunk of chunks) {
    error ??= chunk.error;
    for (const part of objectsIn(chunk.choices)) {
      const index = part.index ?? 0;
      const choice = choices.get(index) ?? { content: '', reasoning: '', stopped: false, calls: new Map() };
      choices.set(index, choice);
      extendChoice(choice, part);
    }
  }
  const inOrder = [...choices].sort(([a], [b]) => Number(a) - Number(b)).map(([, choice]) => choice);
  const messages = inOrder.map(toMessage);
  const cut = !done && !(inOrder.length > 0 && inOrder.every(({ stopped }) => stopped));
  if (error === undefined) return { messages, cut };
  const last = messages.pop() ?? { role: 'assistant' };
  return { messages: [...messages, { ...last, failure: error }], cut };
}

function extendChoice(choice: Choice, part: Json): void {
  choice.stopped ||= typeof part.finish_reason === 'string';
  const delta = isObject(part.delta) ? part.delta : {};
  choice.content += text(delta.content) ?? '';
  choice.reasoning += text(delta.reasoning_content) ?? '';
  for (const call of objectsIn(delta.tool_calls)) extend(choice.calls, call);
}

function toMessage({ content, reasoning, calls }: Choice): Json {
  const toolCalls = [...calls.values()].map(({ id, ...called }) => ({ id, type: 'function', function: called }));
  return { role: 'assistant', content, reasoning_content: reasoning, tool_calls: toolCalls };
}

function extend(calls: Map<unknown, Call>, part: Json): void {
  const call = calls.get(part.index) ?? { id: null, name: '', arguments: '' };
  const called = isObject(part.function) ? part.function : {};
  call.id ??= text(part.id);
  call.name += text(called.name) ?? '';
  call.arguments += text(called.arguments) ?? '';
  calls.set(part.index, call);
}
