import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import { upstreamHeaders, withExtraHeaders } from '../http/headers';
import type { Inbound } from '../http/message';
import { providerById } from '../providers';
import { parseParams } from '../steps/parse-params';
import { decodeBody, type RequestBody, readRequest, withMember } from '../steps/read-request';
import type { Prepared } from './prepared';

/** What the reference gives a Messages call that names none. */
const DEFAULT_MAX_TOKENS = 4096;

/** The Anthropic path: the caller's bytes, with exactly Respan's members cut out where there are any. */
export function prepareAnthropic(
  exchange: Exchange,
  inbound: Inbound,
  raw: Buffer,
  route: { kind: string; path: string },
): Prepared {
  const provider = providerById('anthropic');
  if (!provider) throw new GatewayError('internal', 'The Anthropic provider is missing.');
  const query = inbound.url.indexOf('?');
  const prepared = {
    provider,
    method: inbound.method,
    path: query < 0 ? route.path : route.path + inbound.url.slice(query),
    headers: upstreamHeaders(inbound.rawHeaders, header(inbound, 'connection')),
    translate: null,
  };
  // Uploads and listings have no JSON of ours in them.
  if (raw.length === 0 || !/^application\/json\b/i.test(header(inbound, 'content-type') ?? 'application/json')) {
    const { params, warnings } = parseParams({}, inbound.headers);
    exchange.params = params;
    exchange.warnings.push(...warnings);
    return { ...prepared, model: '', body: raw.length > 0 ? raw : null };
  }
  const request = readRequest(decodeBody(raw, inbound.headers), 'messages');
  let body = describe(exchange, inbound, request);
  if (route.kind === 'messages' && !request.hasMaxTokens) {
    body = withMember(body, 'max_tokens', String(DEFAULT_MAX_TOKENS));
    exchange.alterations.push(`added max_tokens ${DEFAULT_MAX_TOKENS}`);
  }
  const unchanged = exchange.alterations.length === 0;
  const headers = withExtraHeaders(prepared.headers, request.extraHeaders);
  return {
    ...prepared,
    model: request.model ?? '',
    // An altered body is sent plain.
    headers: unchanged ? headers : without(headers, 'content-encoding'),
    body: unchanged ? raw : body,
  };
}

/** Notes on the exchange what the request is. @returns the bytes to send */
export function describe(exchange: Exchange, inbound: Inbound, request: RequestBody): Buffer {
  exchange.requestedModel = request.model;
  exchange.stream = request.stream;
  exchange.loggedRequest = request.bytes;
  exchange.promptPreview = request.promptPreview;
  if (request.taken.length > 0) exchange.alterations.push(`took out ${request.taken.join(', ')}`);
  const { params, warnings } = parseParams(request.respan, inbound.headers);
  exchange.params = params;
  exchange.warnings.push(...warnings);
  return request.bytes;
}

function header(inbound: Inbound, name: string): string | undefined {
  const value = inbound.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function without(headers: readonly string[], name: string): string[] {
  const out: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() !== name) out.push(headers[index] ?? '', headers[index + 1] ?? '');
  }
  return out;
}
