import { isRecord } from '../../is-record';
import { parseSseFrame, SseFrames } from '../../stream/sse-frames';

/** Characters of what was said, for an estimate where a stream brought no usage. */

/** Everything generated in a stream of chat completion chunks or of Responses events. */
export function relayedCharacters(stream: Buffer): number {
  return new SseFrames().push(stream).reduce((sum, frame) => sum + outputCharacters(frame), 0);
}

/** The same of one frame. */
export function outputCharacters(frame: Buffer): number {
  const data = parsed(parseSseFrame(frame)?.data);
  if (!isRecord(data)) return 0;
  let characters = typeof data.delta === 'string' ? data.delta.length : 0;
  if (!Array.isArray(data.choices)) return characters;
  for (const choice of data.choices) if (isRecord(choice)) characters += textIn(choice.delta);
  return characters;
}

const PROMPT_MEMBERS = ['messages', 'input', 'instructions', 'tools', 'functions', 'response_format', 'text'];

/** The prompt of a request, without the bytes of its images and files. */
export function promptCharacters(request: Buffer): number {
  const body = parsed(request.toString('utf8'));
  if (!isRecord(body)) return 0;
  return PROMPT_MEMBERS.reduce((sum, member) => sum + textIn(body[member]), 0);
}

const NOT_TEXT = new Set(['id', 'index', 'role', 'type', 'data', 'file_data', 'encrypted_content']);

function textIn(value: unknown): number {
  if (typeof value === 'string') return value.startsWith('data:') ? 0 : value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textIn(item), 0);
  if (!isRecord(value)) return 0;
  let sum = 0;
  for (const key in value) if (!NOT_TEXT.has(key)) sum += textIn(value[key]);
  return sum;
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
