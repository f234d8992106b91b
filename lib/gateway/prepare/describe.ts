import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import { upstreamHeaders } from '../http/headers';
import type { Inbound } from '../http/message';
import { firstOf } from '../routing/choices';
import type { Naming } from '../routing/naming';
import { parseParams } from '../steps/parse-params';
import type { RequestBody } from '../steps/read-request';

/** Notes on the exchange what the request is. @returns the bytes to send */
export function describe(exchange: Exchange, inbound: Inbound, request: RequestBody): Buffer {
  exchange.requestedModel = request.model;
  exchange.stream = request.stream;
  exchange.background = request.background;
  exchange.loggedRequest = request.bytes;
  exchange.promptPreview = request.promptPreview;
  exchange.conversationKey = request.conversationKey;
  if (request.taken.length > 0) exchange.alterations.push(`took out ${request.taken.join(', ')}`);
  const { params, warnings } = parseParams(request.respan, inbound.headers);
  exchange.params = params;
  exchange.warnings.push(...warnings);
  return request.bytes;
}

export function header(inbound: Inbound, name: string): string | undefined {
  const value = inbound.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** @param headers names and values in turn */
export function without(headers: readonly string[], name: string): string[] {
  const out: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() !== name) out.push(headers[index] ?? '', headers[index + 1] ?? '');
  }
  return out;
}

/**
 * The model to prepare the request for: the one it names, else the first to choose from.
 * @returns null where it names none at all
 * @throws GatewayError unknown_model where none of those it lists can be used
 */
export function modelToPrepare(exchange: Exchange, naming: Naming): string | null {
  const { params } = exchange;
  if (exchange.requestedModel !== null) return exchange.requestedModel;
  const chosen = firstOf(params, naming);
  if (chosen === null && params.models?.length)
    throw new GatewayError(
      'unknown_model',
      'None of models can be used: each is unknown here, or excluded by exclude_models or exclude_providers.',
    );
  exchange.requestedModel = chosen;
  exchange.routed = chosen !== null;
  return chosen;
}

/** Method, path with query, and headers of a call that passes as it is. @param path behind the provider's base URL */
export function messageOf(inbound: Inbound, path: string) {
  const query = inbound.url.indexOf('?');
  return {
    method: inbound.method,
    path: query < 0 ? path : path + inbound.url.slice(query),
    headers: upstreamHeaders(inbound.rawHeaders, header(inbound, 'connection')),
    translate: null,
    alterations: [],
    warnings: [],
  };
}
