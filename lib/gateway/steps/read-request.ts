import { GatewayError } from '../errors';
import type { IncomingHttpHeaders } from '../http/message';
import { previewOfMessages } from '../ingest/preview';
import { cut, type Member, rangesWithout, scanArray, scanObject } from '../json-scan';
import { isRespanMember, PARAM_CONTAINERS } from '../params';
import { decodeContent } from '../stream/decode';

/** A request body, read by its bytes: what is ours taken out, the rest as it came. */
export interface RequestBody {
  /** The caller's bytes without Respan's members. The same buffer where there were none. */
  readonly bytes: Buffer;
  readonly model: string | null;
  readonly stream: boolean;
  readonly hasMaxTokens: boolean;
  /** Respan's parameters that were found, by name. */
  readonly respan: Record<string, unknown>;
  /** `metadata.extra_headers`, on the Messages path. */
  readonly extraHeaders: Record<string, string>;
  /** Names of what was taken out. */
  readonly taken: readonly string[];
  /** First line of the last user message. Costs a parse of that message, so it is read when the log is written. */
  promptPreview(): string | null;
}

/** `metadata` belongs to the provider on the Messages path (where ours hides inside it) and to us on the chat path. */
export type BodyDialect = 'messages' | 'chat';

const NESTED = new Set([...PARAM_CONTAINERS, 'extra_headers']);

/** @throws GatewayError invalid_json */
export function readRequest(body: Buffer, dialect: BodyDialect): RequestBody {
  const text = body.toString('latin1');
  const members = scanObject(text);
  if (!members) throw notJson(body);
  const value = (member: Member): unknown => parseSpan(body, member.valueStart, member.end);
  const last = (key: string) => members.findLast((member) => member.key === key);

  const respan: Record<string, unknown> = {};
  const taken: string[] = [];
  for (const member of members) {
    if (!isRespanMember(member.key)) continue;
    respan[member.key] = value(member);
    taken.push(member.key);
  }
  const ranges = rangesWithout(members, (member) => isRespanMember(member.key));
  const metadata = last('metadata');
  let extraHeaders: Record<string, string> = {};
  if (metadata && dialect === 'chat') respan.metadata = value(metadata);
  if (metadata && dialect === 'messages') {
    const nested = scanObject(text, metadata.valueStart, false) ?? [];
    for (const member of nested) {
      if (member.key === 'extra_headers') extraHeaders = stringRecord(value(member));
      else if (NESTED.has(member.key)) respan[member.key] = value(member);
      else continue;
      taken.push(`metadata.${member.key}`);
    }
    ranges.push(...rangesWithout(nested, (member) => NESTED.has(member.key)));
    ranges.sort((a, b) => a[0] - b[0]);
  }
  const model = last('model');
  const stream = last('stream');
  const messages = last('messages');
  return {
    bytes: ranges.length > 0 ? cut(body, ranges) : body,
    model: model ? stringOrNull(value(model)) : null,
    stream: stream ? text.slice(stream.valueStart, stream.end) === 'true' : false,
    hasMaxTokens: last('max_tokens') !== undefined,
    respan,
    extraHeaders,
    taken,
    promptPreview: () => (messages ? previewOf(body, text, messages.valueStart) : null),
  };
}

/** The body without its content encoding. @throws GatewayError invalid_parameter for one we can't read */
export function decodeBody(raw: Buffer, headers: IncomingHttpHeaders): Buffer {
  const encoding = String(headers['content-encoding'] ?? '');
  const plain = decodeContent(raw, encoding);
  if (plain) return plain;
  throw new GatewayError(
    'invalid_parameter',
    `The request's content encoding ${encoding.slice(0, 40)} can not be read.`,
  );
}

/** The whole body as a value, for a translation. @throws GatewayError invalid_json */
export function parseBody(body: Buffer): object {
  const value = parseSpan(body, 0, body.length);
  if (typeof value === 'object' && value !== null) return value;
  throw notJson(body);
}

/** Puts a member at the front of an object, every other byte as it was. */
export function withMember(body: Buffer, key: string, json: string): Buffer {
  const brace = body.indexOf('{');
  const empty = /^\s*}/.test(body.subarray(brace + 1, brace + 100).toString('latin1'));
  return Buffer.concat([
    body.subarray(0, brace + 1),
    Buffer.from(`${JSON.stringify(key)}:${json}${empty ? '' : ','}`),
    body.subarray(brace + 1),
  ]);
}

/** The last few messages hold the last user message, unless many tool turns stand behind it. */
const PREVIEWED_MESSAGES = 4;

function previewOf(body: Buffer, text: string, from: number): string | null {
  const elements = scanArray(text, from);
  if (!elements) return null;
  return previewOfMessages(
    elements.slice(-PREVIEWED_MESSAGES).map((element) => parseSpan(body, element.start, element.end)),
  );
}

function parseSpan(body: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(body.toString('utf8', start, end));
  } catch {
    throw notJson(body);
  }
}

function notJson(body: Buffer): GatewayError {
  try {
    JSON.parse(body.toString('utf8'));
    return new GatewayError('invalid_json', 'Invalid request format: the request body must be a JSON object.');
  } catch (error) {
    // The engine's message quotes the text around the fault, which may be a secret: only the position is told.
    const position = /position \d+/.exec(error instanceof Error ? error.message : '')?.[0];
    return new GatewayError(
      'invalid_json',
      `Invalid request format: the request body is not valid JSON${position ? ` (${position})` : ''}.`,
    );
  }
}

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function stringRecord(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !/[\r\n\0]/.test(entry[1]),
    ),
  );
}
