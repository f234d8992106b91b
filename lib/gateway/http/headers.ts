import type { HeaderPairs, IncomingHttpHeaders } from './message';

/** Which headers pass, which stop here, and which may be stored. */

const HOP_BY_HOP = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'expect', 'host', 'content-length'],
]);
const CREDENTIALS = new Set(['authorization', 'x-api-key', 'x-goog-api-key', 'api-key', 'cookie']);

function isOurs(name: string): boolean {
  return name.startsWith('x-respan-') || name.startsWith('x-data-respan') || name.startsWith('x-data-keywordsai');
}

/**
 * The caller's headers for the provider: every end-to-end header as it came, without credentials, hop-by-hop headers,
 * those that `Connection` names, and our own.
 * @returns names and values in turn
 */
export function upstreamHeaders(rawHeaders: readonly string[], connection: string | undefined): string[] {
  const named = new Set(
    connection
      ?.toLowerCase()
      .split(',')
      .map((token) => token.trim()),
  );
  const out: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || CREDENTIALS.has(lower) || isOurs(lower) || named.has(lower)) continue;
    out.push(name, rawHeaders[index + 1] ?? '');
  }
  return out;
}

/** The provider's headers for the caller: everything but hop-by-hop headers and cookies. */
export function clientHeaders(headers: IncomingHttpHeaders, keepLength: boolean): [string, string][] {
  const out: [string, string][] = [];
  for (const name in headers) {
    if ((HOP_BY_HOP.has(name) && !(keepLength && name === 'content-length')) || name === 'set-cookie') continue;
    const value = headers[name];
    if (Array.isArray(value)) for (const one of value) out.push([name, one]);
    else if (value !== undefined) out.push([name, value]);
  }
  return out;
}

const STORED =
  /^(anthropic-|openai-|x-ratelimit-|x-stainless-|x-claude-code-|retry-after|x-should-retry|request-id|x-request-id|content-type|user-agent|x-app$|server-timing)/;

/** Headers kept on a log: an allow-list, so that no credential of a kind we don't know is ever stored. */
export function storedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && STORED.test(name)) out[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return out;
}

/** Applies `metadata.extra_headers`: our way to send a header from an SDK call that has no place for one. */
export function withExtraHeaders(headers: string[], extra: Readonly<Record<string, string>>): string[] {
  const out = [...headers];
  for (const [name, value] of Object.entries(extra)) {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || CREDENTIALS.has(lower) || isOurs(lower)) continue;
    const at = out.findIndex((entry, index) => index % 2 === 0 && entry.toLowerCase() === lower);
    // Beta names add up; anything else is replaced.
    if (at >= 0) out[at + 1] = lower === 'anthropic-beta' ? `${out[at + 1]},${value}` : value;
    else out.push(name, value);
  }
  return out;
}

/** Headers that every gateway answer carries. */
export function identityHeaders(logId: string): HeaderPairs {
  return [
    ['x-respan-log-id', logId],
    ['x-respan-gateway-request-id', logId],
  ];
}
