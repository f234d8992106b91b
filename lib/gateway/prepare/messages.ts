import type { Readable } from 'node:stream';
import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import { upstreamHeaders, withExtraHeaders } from '../http/headers';
import type { Inbound } from '../http/message';
import type { CustomProvider } from '../ports';
import { providerById, resolveModel } from '../providers';
import type { Provider } from '../providers/provider';
import { parseParams } from '../steps/parse-params';
import { decodeBody, readRequest, withMember, withModel } from '../steps/read-request';
import { describe, header, without } from './describe';
import { noteOn, type Prepared } from './prepared';

/** What the reference gives a Messages call that names none. */
const DEFAULT_MAX_TOKENS = 4096;

/**
 * The Anthropic path: the caller's bytes, with exactly Respan's members cut out where there are any.
 * @param raw the body of what is read by the gateway; null for an endpoint whose body passes as it comes
 * @param custom the providers the caller's organization added: their models are refused here with the way to reach them
 * @throws GatewayError unknown_model, invalid_parameter, invalid_json
 */
export function prepareAnthropic(
  exchange: Exchange,
  inbound: Inbound,
  raw: Buffer | null,
  route: { kind: string; path: string },
  custom: readonly CustomProvider[],
): Prepared {
  const provider = providerById('anthropic');
  if (!provider) throw new GatewayError('internal', 'The Anthropic provider is missing.');
  const query = inbound.url.indexOf('?');
  const message = {
    method: inbound.method,
    path: query < 0 ? route.path : route.path + inbound.url.slice(query),
    headers: upstreamHeaders(inbound.rawHeaders, header(inbound, 'connection')),
    translate: null,
    alterations: [],
    warnings: [],
  };
  if (!raw || raw.length === 0) {
    const { params, warnings } = parseParams({}, inbound.headers);
    exchange.params = params;
    exchange.warnings.push(...warnings);
    const upload = raw ? null : uploadOf(inbound, route.path);
    const length = upload ? header(inbound, 'content-length') : undefined;
    const headers = length === undefined ? message.headers : [...message.headers, 'content-length', length];
    return prepareFor(provider, '', () => ({ ...message, headers, body: null, upload }));
  }
  const request = readRequest(decodeBody(raw, inbound.headers), 'messages');
  let bytes = describe(exchange, inbound, request);
  if (route.kind === 'messages' && !request.hasMaxTokens) {
    bytes = withMember(bytes, 'max_tokens', String(DEFAULT_MAX_TOKENS));
    exchange.alterations.push(`added max_tokens ${DEFAULT_MAX_TOKENS}`);
  }
  const noted = [...exchange.alterations];
  const headers = withExtraHeaders(message.headers, request.extraHeaders);
  const model = request.model === null ? '' : ownModel(provider, request.model, custom);
  const prepared = prepareFor(provider, model, (name) => {
    const renamed = request.model !== null && name !== request.model;
    const alterations = renamed ? [...noted, `sent the model as ${name}`] : noted;
    // An altered body is sent plain.
    if (alterations.length > 0)
      return {
        ...message,
        alterations,
        headers: without(headers, 'content-encoding'),
        body: renamed ? withModel(bytes, name) : bytes,
      };
    return { ...message, headers, body: raw };
  });
  noteOn(exchange, prepared);
  return prepared;
}

/** Uploads, batches and listings have nothing of ours in them. A message may, whatever type it says it is. */
export function isRead({ path }: { path: string }): boolean {
  return path === '/v1/messages' || path === '/v1/messages/count_tokens';
}

const MB = 1024 * 1024;
/** What the provider itself takes, by endpoint. */
const UPLOAD_LIMITS: Readonly<Record<string, number>> = { '/v1/files': 500 * MB, '/v1/messages/batches': 256 * MB };
const OTHER_LIMIT = 32 * MB;

function uploadOf(inbound: Inbound, path: string): Readable | null {
  const { 'content-length': length, 'transfer-encoding': chunked } = inbound.headers;
  if (chunked === undefined && (length === undefined || length === '0')) return null;
  // A multipart body is a little longer than the file in it.
  return inbound.openBody((UPLOAD_LIMITS[path] ?? OTHER_LIMIT) + MB);
}

type Message = Omit<Prepared, 'provider' | 'model' | 'retarget'>;

/** Another model of the same provider can take a call of this path; another provider can't. */
function prepareFor(provider: Provider, model: string, send: (model: string) => Message): Prepared {
  const retarget: Prepared['retarget'] = (other, name) => {
    if (other.id === provider.id) return prepareFor(provider, name, send);
    throw new GatewayError('unknown_model', `${other.name} does not speak Anthropic's Messages API.`);
  };
  return { ...send(model), provider, model, retarget };
}

/** @throws GatewayError unknown_model for one that another provider serves */
function ownModel(provider: Provider, requested: string, custom: readonly CustomProvider[]): string {
  if (provider.servesModel(requested)) return requested;
  const found = resolveModel(requested, custom);
  // What nobody knows is the provider's to judge.
  if (!found) return requested;
  if (found.provider.id === provider.id) return found.model;
  throw new GatewayError(
    'unknown_model',
    `${requested.slice(0, 100)} is a model of ${found.provider.name}, which does not speak Anthropic's Messages API. Send it to /api/chat/completions.`,
  );
}
