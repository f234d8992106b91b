import { isRecord } from '../../../is-record';
import { asRecord, asString, type JsonRecord } from './json';

export interface ChatError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

const TYPE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  503: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};
const LONGEST_MESSAGE = 2000;

/** An Anthropic error answer, or whatever came in its place, as OpenAI clients read errors. Never throws. */
export function toChatError(status: number, body: unknown): { error: ChatError; detail: string } {
  const fallback = {
    type: TYPE_BY_STATUS[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'),
    message: plainText(body) ?? `The provider answered with status ${status} and no explanation.`,
  };
  const error = fromErrorBody(asRecord(body), fallback);
  return { error, detail: error.message };
}

/** The `error` event of an Anthropic stream, whose HTTP status was 200. */
export function toStreamError(data: unknown): ChatError {
  return fromErrorBody(asRecord(data), {
    type: 'api_error',
    message: 'The provider reported an error in mid-stream and no explanation.',
  });
}

function fromErrorBody(body: JsonRecord, fallback: { type: string; message: string }): ChatError {
  const error = asRecord(body.error);
  const type = asString(error.type) || fallback.type;
  const message = asString(error.message) || asString(body.message) || fallback.message;
  const code = asString(asRecord(error.details).error_code) || type;
  return { message: clean(message), type, param: null, code };
}

/** A proxy's plain sentence is worth showing, its HTML page is not. */
function plainText(body: unknown): string | null {
  if (typeof body !== 'string') return isRecord(body) ? asString(body.error) || asString(body.detail) || null : null;
  const text = body.trim();
  return text === '' || text.startsWith('<') ? null : text;
}

/** A provider may echo the key it was sent. */
function clean(message: string): string {
  return message.slice(0, LONGEST_MESSAGE).replace(/\bsk-[\w-]{12,}/g, 'sk-…');
}
