import { isRecord } from '../../is-record';

/** Messages as instrumentations write them into attributes, in the shape that the log API takes. */

type Messages = Record<string, unknown>[];

/** A text that is JSON as what it means; everything else as it is. */
export function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** `gen_ai.input.messages` and its like: `[{"role": "user", "parts": [{"type": "text", "content": "Hello"}]}]`. */
export function messagesOf(value: unknown, role: string): Messages | null {
  const read = jsonOf(value);
  if (typeof read === 'string') return [{ role, content: read }];
  if (!Array.isArray(read) || read.length === 0) return null;
  const isOfParts = read.every((item) => isRecord(item) && item.parts === undefined && item.role === undefined);
  if (isOfParts) return [{ role, ...fromParts(read) }];
  return read.map((item) => {
    if (!isRecord(item)) return { role, content: item };
    const { parts, finish_reason: _, ...message } = item;
    return { role, ...message, ...(Array.isArray(parts) ? fromParts(parts) : {}) };
  });
}

function fromParts(parts: readonly unknown[]): Record<string, unknown> {
  const calls = parts.filter((part) => isRecord(part) && part.type === 'tool_call').filter(isRecord);
  const results = parts.filter((part) => isRecord(part) && part.type === 'tool_call_response').filter(isRecord);
  const [result] = results;
  if (result && parts.length === 1) {
    return { role: 'tool', tool_call_id: result.id, content: result.response ?? result.result ?? '' };
  }
  const content = parts.filter((part) => !(isRecord(part) && part.type === 'tool_call')).map(contentPart);
  const [only] = content;
  const isText = content.length === 1 && isRecord(only) && only.type === 'text';
  return {
    content: isText ? only.text : content,
    ...(calls.length > 0 ? { tool_calls: calls.map(toolCall) } : {}),
  };
}

function contentPart(part: unknown): unknown {
  if (!isRecord(part)) return { type: 'text', text: String(part) };
  const { type, content, ...rest } = part;
  if (type === 'text') return { type: 'text', text: content ?? rest.text ?? '' };
  return type === 'reasoning' ? { type: 'thinking', thinking: content ?? '' } : part;
}

function toolCall({ id, name, arguments: given }: Record<string, unknown>): Record<string, unknown> {
  return {
    id,
    type: 'function',
    function: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given) },
  };
}

/** Older instrumentations number them: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`. */
export function indexedMessages(
  attributes: Readonly<Record<string, unknown>>,
  ...prefixes: readonly string[]
): Messages | null {
  const messages = new Map<number, Record<string, unknown>>();
  for (const [name, value] of Object.entries(attributes)) {
    const prefix = prefixes.find((one) => name.startsWith(`${one}.`));
    const [, index, member] = prefix
      ? (/^(\d{1,4})\.(role|content|finish_reason)$/.exec(name.slice(prefix.length + 1)) ?? [])
      : [];
    if (index === undefined || member === undefined || member === 'finish_reason') continue;
    const message = messages.get(Number(index)) ?? {};
    message[member] = member === 'content' ? jsonOf(value) : value;
    messages.set(Number(index), message);
  }
  if (messages.size === 0) return null;
  const role = prefixes[0]?.endsWith('completion') ? 'assistant' : 'user';
  return [...messages].sort(([a], [b]) => a - b).map(([, message]) => ({ role, ...message }));
}
