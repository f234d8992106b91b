import { isRecord } from '../is-record';
import { storableText } from './storable';

/** Longest preview kept with a log row, in characters. */
const PREVIEW_MAX = 160;

/** Far enough into a text for its first line, without splitting megabytes. */
const SCAN_MAX = 20_000;

/** The first line that holds anything, without surrounding space, at most `max` characters; a cut ends in "…". */
export function firstLine(text: string, max: number): string {
  const start = firstVisible(text);
  if (start < 0) return '';
  const line = text.slice(start, lineEnd(text, start, start + max * 8));
  // Most lines hold single spaces only, and need no copy.
  const folded = /\s\s|[^\S ]/.test(line) ? line.replace(/\s+/g, ' ') : line;
  const clean = storableText(folded.trim());
  return clean.length <= max ? clean : `${storableText(clean.slice(0, max - 1)).trimEnd()}…`;
}

/** Where the first character that is no white space is; -1 where there is none. */
function firstVisible(text: string): number {
  const first = text.charCodeAt(0);
  // Nearly every text begins with what it says.
  if (first > 0x20 && first < 0x7f) return 0;
  return text.slice(0, SCAN_MAX).search(/\S/);
}

function lineEnd(text: string, from: number, limit: number): number {
  const most = Math.min(limit, text.length);
  for (let at = from; at < most; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return at;
  }
  return most;
}

/**
 * First line of the last user message that says something, for a prompt's row in a table.
 * Takes a list of messages in the shape of OpenAI or Anthropic, or anything else; null where there is nothing to show.
 */
export function previewOfMessages(messages: unknown): string | null {
  if (!Array.isArray(messages)) return previewOfContent(messages);
  let toolResult: string | null = null;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message: unknown = messages[index];
    if (!isRecord(message) || message.role !== 'user') continue;
    const spoken = textOf(message.content);
    if (spoken) return firstLine(spoken, PREVIEW_MAX);
    toolResult ??= previewOfContent(message.content);
  }
  return toolResult;
}

/**
 * First line of a message's content: a string, or blocks in the shape of Anthropic or OpenAI, or one such block.
 * Content without text is named instead ("Calls get_weather", "[image]"). Null where there is nothing to show.
 */
export function previewOfContent(content: unknown): string | null {
  const text = textOf(content);
  if (text) return firstLine(text, PREVIEW_MAX);
  const blocks = Array.isArray(content) ? content : [content];
  for (const block of blocks) {
    const named = nameOf(block);
    if (named) return firstLine(named, PREVIEW_MAX);
  }
  return null;
}

/** Like previewOfContent, for a whole reply: OpenAI keeps tool calls beside the content. Takes plain content as well. */
export function previewOfReply(message: unknown): string | null {
  if (!isRecord(message) || !('content' in message)) return previewOfContent(message);
  return previewOfContent(message.content) ?? previewOfContent(message.tool_calls) ?? previewOfContent(message.refusal);
}

/** Claude Code puts reminders of its own in front of what the person typed. */
const REMINDER = '<system-reminder>';

function textOf(content: unknown): string | null {
  if (typeof content === 'string') return firstVisible(content) >= 0 ? content : null;
  if (Array.isArray(content)) {
    let reminder: string | null = null;
    for (const block of content) {
      const text = Array.isArray(block) ? null : textOf(block);
      if (text && !text.startsWith(REMINDER)) return text;
      reminder ??= text;
    }
    return reminder;
  }
  if (!isRecord(content) || typeof content.text !== 'string') return null;
  return textOf(content.text);
}

function nameOf(block: unknown): string | null {
  if (!isRecord(block)) return null;
  if (isRecord(block.function) && typeof block.function.name === 'string') return `Calls ${block.function.name}`;
  switch (block.type) {
    case 'tool_use':
    case 'server_tool_use':
      return typeof block.name === 'string' ? `Calls ${block.name}` : null;
    case 'tool_result':
      return textOf(block.content) ?? '[tool result]';
    case 'image':
    case 'image_url':
    case 'input_image':
      return '[image]';
    case 'document':
    case 'file':
    case 'input_file':
      return '[document]';
    case 'input_audio':
      return '[audio]';
    default:
      return null;
  }
}
