import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import { withExtraHeaders } from '../http/headers';
import type { Inbound } from '../http/message';
import type { CustomProvider } from '../ports';
import { providerById } from '../providers';
import type { Provider } from '../providers/provider';
import { type Naming, namingOf } from '../routing/naming';
import { decodeBody, readRequest, withMember, withModel } from '../steps/read-request';
import { describe, messageOf, modelToPrepare, without } from './describe';
import { noteOn, type Prepared } from './prepared';

/** What the reference gives a Messages call that names none. */
const DEFAULT_MAX_TOKENS = 4096;

/**
 * Messages and token counting: the caller's bytes, with exactly Respan's members cut out where there are any.
 * @param custom the providers the caller's organization added: their models are refused here with the way to reach them
 * @throws GatewayError unknown_model, invalid_parameter, invalid_json
 */
export function prepareMessages(
  exchange: Exchange,
  inbound: Inbound,
  raw: Buffer,
  route: { kind: string; path: string },
  custom: readonly CustomProvider[],
): Prepared {
  const provider = anthropicProvider();
  const message = messageOf(inbound, route.path);
  const request = readRequest(decodeBody(raw, inbound.headers), 'messages');
  let bytes = describe(exchange, inbound, request);
  if (route.kind === 'messages' && !request.hasMaxTokens) {
    bytes = withMember(bytes, 'max_tokens', String(DEFAULT_MAX_TOKENS));
    exchange.alterations.push(`added max_tokens ${DEFAULT_MAX_TOKENS}`);
  }
  const noted = [...exchange.alterations];
  const headers = withExtraHeaders(message.headers, request.extraHeaders);
  const naming = namingOf(inbound.headers, exchange.params, custom);
  const named = modelToPrepare(exchange, naming);
  const model = named === null ? '' : ownModel(provider, named, naming);
  const prepared = prepareFor(provider, model, message, (name) => {
    const renamed = name !== '' && name !== request.model;
    const alterations = renamed ? [...noted, `sent the model as ${name}`] : noted;
    if (alterations.length === 0) return { alterations, headers, body: raw };
    // An altered body is sent plain.
    return {
      alterations,
      headers: without(headers, 'content-encoding'),
      body: renamed ? withModel(bytes, name) : bytes,
    };
  });
  noteOn(exchange, prepared);
  return prepared;
}

export function anthropicProvider(): Provider {
  const provider = providerById('anthropic');
  if (!provider) throw new GatewayError('internal', 'The Anthropic provider is missing.');
  return provider;
}

type Line = Pick<Prepared, 'method' | 'path'>;
type Sent = Pick<Prepared, 'alterations' | 'headers' | 'body'>;

/** Another model of the same provider can take a call of this path; another provider can't. */
function prepareFor(provider: Provider, model: string, line: Line, send: (model: string) => Sent): Prepared {
  const retarget: Prepared['retarget'] = (other, name) => {
    if (other.id === provider.id) return prepareFor(provider, name, line, send);
    throw new GatewayError('unknown_model', `${other.name} does not speak Anthropic's Messages API.`);
  };
  const { method, path } = line;
  const { alterations, headers, body } = send(model);
  return { provider, model, method, path, headers, body, translate: null, alterations, warnings: [], retarget };
}

/** @throws GatewayError unknown_model for one that another provider serves */
function ownModel(provider: Provider, requested: string, naming: Naming): string {
  if (!naming.pinned && provider.servesModel(requested)) return naming.at(provider, requested).model;
  const found = naming.requested(requested);
  // What nobody knows is the provider's to judge.
  if (!found) return requested;
  if (found.provider.id === provider.id) return found.model;
  throw new GatewayError(
    'unknown_model',
    `${requested.slice(0, 100)} is a model of ${found.provider.name}, which does not speak Anthropic's Messages API. Send it to /api/chat/completions.`,
  );
}
