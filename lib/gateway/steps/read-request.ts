import { createHash } from 'node:crypto';
import { GatewayError } from '../errors';
import type { IncomingHttpHeaders } from '../http/message';
import { previewOfContent, previewOfMessages } from '../ingest/preview';
import { withoutSecretMembers } from '../ingest/secrets';
import { cut, type Member, rangesWithout, scanArray, scanObject } from '../json-scan';
import { isRespanMember, PARAM_CONTAINERS } from '../params';
import type { OpenAiOperation } from '../providers/provider';
import { decodeContent } from '../stream/decode';

/** A request body, read by its bytes: what is ours taken out, the rest as it came. */
export interface RequestBody {
  /** The caller's bytes without Respan's members. The same buffer where there were none. */
  readonly bytes: Buffer;
  readonly model: string | null;
  readonly stream: boolean;
  /** A Responses call that the provider goes on with after it has answered. */
  readonly background: boolean;
  readonly hasMaxTokens: boolean;
  /** Respan's parameters that were found, by name. */
  readonly respan: Record<string, unknown>;
  /** `metadata.extra_headers`, on the Messages path. */
  readonly extraHeaders: Record<string, string>;
  /** Names of what was taken out. */
  readonly taken: readonly string[];
  /** First line of the last user message. Costs a parse of that message, so it is read when the log is written. */
  promptPreview(): string | null;
  /** The end user's id where the request names one, else a digest of how the conversation begins: what its prompt cache hangs on. */
  conversationKey(): string | null;
}

/**
 * `metadata` belongs to the provider on the Messages path (where ours hides inside it), to both in Responses, and to us on
 * the others; a chat completion that is to be stored keeps it for the provider too.
 */
export type BodyDialect = 'messages' | OpenAiOperation;

/** @throws GatewayError invalid_json */
export function readRequest(body: Buffer, dialect: BodyDialect): RequestBody {
  const text = body.toString('latin1');
  const members = scanObject(text);
  if (!members) throw notJson(body);
  const value = (member: Member): unknown => parseSpan(body, member.valueStart, member.end);
  const last = (key: string) => members.findLast((member) => member.key === key);

  const isTrue = (member: Member | undefined) =>
    member !== undefined && text.slice(member.valueStart, member.end) === 'true';
  const keepsMetadata = dialect === 'messages' || dialect === 'responses' || isTrue(last('store'));
  const isOurs = ({ key }: Member) => {
    if (key === 'metadata') return !keepsMetadata;
    // A stored prompt of OpenAI's.
    if (key === 'prompt' && dialect === 'responses') return false;
    return isRespanMember(key);
  };
  const respan: Record<string, unknown> = {};
  const taken: string[] = [];
  for (const member of members.filter(isOurs)) {
    respan[member.key] = value(member);
    taken.push(member.key);
  }
  const ranges = rangesWithout(members, isOurs);
  const metadata = last('metadata');
  let extraHeaders: Record<string, string> = {};
  const isNested = ({ key }: Member) =>
    PARAM_CONTAINERS.has(key) || (key === 'extra_headers' && dialect === 'messages');
  // A body may name it more than once: each can hold what must not be sent on.
  for (const one of members.filter(({ key }) => key === 'metadata')) {
    const nested = scanObject(text, one.valueStart, false) ?? [];
    for (const member of nested.filter(isNested)) {
      if (member.key === 'extra_headers') extraHeaders = headerRecord(value(member));
      else respan[member.key] = value(member);
      taken.push(`metadata.${member.key}`);
    }
    if (keepsMetadata) ranges.push(...rangesWithout(nested, isNested));
  }
  ranges.sort((a, b) => a[0] - b[0]);
  if (metadata && dialect !== 'messages') respan.metadata = withoutSecrets(value(metadata));
  const model = last('model');
  const messages = last('messages') ?? last('input');
  const system = last('system');
  return {
    conversationKey: () =>
      userOf(metadata && dialect === 'messages' ? value(metadata) : null) ?? beginning(text, system, messages),
    bytes: ranges.length > 0 ? cut(body, ranges) : body,
    model: model ? stringOrNull(value(model)) : null,
    stream: isTrue(last('stream')),
    background: dialect === 'responses' && members.some(mayBeBackground(text)),
    hasMaxTokens: last('max_tokens') !== undefined,
    respan,
    extraHeaders,
    taken,
    promptPreview: () => (messages ? previewOf(body, text, messages) : null),
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

/** Puts another model in the place of the one that was named, or one where none was, every other byte as it was. */
export function withModel(body: Buffer, model: string): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const member of scanObject(body.toString('latin1')) ?? []) {
    if (member.key !== 'model') continue;
    parts.push(body.subarray(at, member.valueStart), Buffer.from(JSON.stringify(model)));
    at = member.end;
  }
  if (parts.length === 0) return withMember(body, 'model', JSON.stringify(model));
  return Buffer.concat([...parts, body.subarray(at)]);
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

/** Whatever a lenient provider could take for true: nobody is told of what such a call uses. */
function mayBeBackground(text: string): (member: Member) => boolean {
  return ({ key, valueStart, end }) =>
    key === 'background' && text.slice(valueStart, end) !== 'false' && text.slice(valueStart, end) !== 'null';
}

function userOf(metadata: unknown): string | null {
  if (typeof metadata !== 'object' || metadata === null || !('user_id' in metadata)) return null;
  return typeof metadata.user_id === 'string' && metadata.user_id ? metadata.user_id : null;
}

function beginning(text: string, system: Member | undefined, messages: Member | undefined): string | null {
  const first = messages ? scanArray(text, messages.valueStart)?.[0] : undefined;
  if (!first) return null;
  const hash = createHash('sha1').update(system ? text.slice(system.valueStart, system.end) : '');
  return hash.update(text.slice(first.start, first.end)).digest('base64');
}

/** The last few messages hold the last user message, unless many tool turns stand behind it. */
const PREVIEWED_MESSAGES = 4;

function previewOf(body: Buffer, text: string, { valueStart, end }: Member): string | null {
  const elements = scanArray(text, valueStart);
  if (!elements) return previewOfContent(parseSpan(body, valueStart, end));
  const last = elements.slice(-PREVIEWED_MESSAGES).map((element) => parseSpan(body, element.start, element.end));
  return previewOfMessages(last) ?? previewOfContent(last);
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

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function withoutSecrets(metadata: unknown): unknown {
  return typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)
    ? metadata
    : withoutSecretMembers(metadata);
}

/** Names and values that can be sent as headers. */
function headerRecord(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] =>
        HEADER_NAME.test(entry[0]) && typeof entry[1] === 'string' && HEADER_VALUE.test(entry[1]),
    ),
  );
}
