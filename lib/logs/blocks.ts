import { isObject, type Json, objectsIn, parseJson, pretty, text } from './json';
import type { Block } from './schema';

/** Tool results hold blocks that could hold blocks; nothing real goes deeper. */
const MAX_DEPTH = 4;

/** A message's content, a string or a list of parts in Anthropic's or OpenAI's shape, as blocks to show. */
export function blocksOf(content: unknown, depth = 0): Block[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  if (Array.isArray(content)) return content.flatMap((part) => blockOf(part, depth));
  return isObject(content) ? blockOf(content, depth) : [];
}

/** An assistant message's blocks: its content, with OpenAI's reasoning before it and its tool calls after. */
export function messageBlocks(message: Json): Block[] {
  const reasoning = text(message.reasoning_content);
  const calls = objectsIn(message.tool_calls).map(toolCall);
  const refusal = text(message.refusal);
  return [
    ...(reasoning ? [{ type: 'thinking', text: reasoning, hidden: false } as const] : []),
    ...blocksOf(message.content),
    ...(refusal ? [{ type: 'text', text: refusal } as const] : []),
    ...calls,
    ...(isObject(message.function_call) ? [toolCall({ function: message.function_call })] : []),
  ];
}

function blockOf(part: unknown, depth: number): Block[] {
  if (typeof part === 'string') return blocksOf(part);
  if (!isObject(part)) return [];
  const blocks = shapeOf(part, depth);
  const cachedFor = isObject(part.cache_control) ? (text(part.cache_control.ttl) ?? '5m') : null;
  return cachedFor === null ? blocks : blocks.map((block) => ({ ...block, cachedFor }));
}

function shapeOf(part: Json, depth: number): Block[] {
  const kind = text(part.type) ?? 'unknown';
  const plain = text(part.text);
  if (['text', 'input_text', 'output_text'].includes(kind) || (kind === 'unknown' && plain !== null)) {
    return plain ? [{ type: 'text', text: plain }] : [];
  }
  if (kind === 'thinking') return [thinking(text(part.thinking) ?? '')];
  if (kind === 'redacted_thinking') return [thinking('')];
  if (kind === 'image' || kind === 'image_url' || kind === 'input_image') return [image(part)];
  if (kind === 'tool_use' || kind === 'server_tool_use' || kind === 'mcp_tool_use') return [toolUse(part)];
  if (kind.endsWith('tool_result')) return [toolResult(part, depth)];
  return [{ type: 'other', kind, json: pretty(part) }];
}

function thinking(found: string): Block {
  return { type: 'thinking', text: found, hidden: found === '' };
}

function toolUse(part: Json): Block {
  // A stream that was cut leaves the input as the text it had so far.
  const input = typeof part.input === 'string' ? part.input : pretty(part.input ?? {});
  return { type: 'tool_use', id: text(part.id), name: text(part.name) ?? 'unnamed tool', input };
}

function toolCall(call: Json): Block {
  const called = isObject(call.function) ? call.function : {};
  const given = text(called.arguments) ?? '';
  const parsed = parseJson(given);
  const input = parsed === undefined ? given : pretty(parsed);
  return { type: 'tool_use', id: text(call.id), name: text(called.name) ?? 'unnamed tool', input };
}

function toolResult(part: Json, depth: number): Block {
  const known = typeof part.content === 'string' || Array.isArray(part.content);
  const blocks: Block[] =
    known && depth < MAX_DEPTH
      ? blocksOf(part.content, depth + 1)
      : part.content === undefined
        ? []
        : [{ type: 'other', kind: 'content', json: pretty(part.content) }];
  return { type: 'tool_result', toolUseId: text(part.tool_use_id), failed: part.is_error === true, blocks };
}

const SHOWN_IMAGE = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;
/** Larger pictures are named only: a page carries them inside itself. */
const MAX_IMAGE_CHARACTERS = 600_000;

function image(part: Json): Block {
  const source = isObject(part.source) ? part.source : {};
  const openai = isObject(part.image_url) ? text(part.image_url.url) : text(part.image_url);
  const mediaType = text(source.media_type) ?? 'image';
  const data = text(source.data);
  const url = data === null ? (openai ?? text(source.url)) : `data:${mediaType};base64,${data}`;
  if (!url) return { type: 'image', dataUrl: null, link: null, label: `Image ${text(source.file_id) ?? ''}`.trim() };
  if (!url.startsWith('data:'))
    return { type: 'image', dataUrl: null, link: /^https?:/.test(url) ? url : null, label: url };
  const shown = url.length <= MAX_IMAGE_CHARACTERS && SHOWN_IMAGE.test(url);
  const label = `${url.slice(5, url.indexOf(';'))}, ${Math.round((url.length * 0.75) / 1024)} kB`;
  return { type: 'image', dataUrl: shown ? url : null, link: null, label };
}
