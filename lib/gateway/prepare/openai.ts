import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import { upstreamHeaders } from '../http/headers';
import type { Inbound } from '../http/message';
import type { CustomProvider } from '../ports';
import { PROVIDERS } from '../providers';
import type { ChatTranslation, OpenAiOperation, Provider } from '../providers/provider';
import { namingOf } from '../routing/naming';
import { decodeBody, parseBody, readRequest, withModel } from '../steps/read-request';
import { describe, header, modelToPrepare, without } from './describe';
import { noteOn, type Prepared } from './prepared';

/** A call that was read once, and can be prepared for any target. */
interface OpenAiCall {
  readonly inbound: Inbound;
  readonly operation: OpenAiOperation;
  /** The body as it came over the wire. */
  readonly raw: Buffer;
  /** The body without content encoding and without what is ours. */
  readonly bytes: Buffer;
  /** Null where it named several to choose from. */
  readonly requestedModel: string | null;
  /** What was changed before any target was known. */
  readonly alterations: readonly string[];
}

/**
 * The paths in OpenAI's language: sent on untouched to a provider that speaks it, translated for one that does not.
 * @param custom the providers the caller's organization added
 * @throws GatewayError unknown_model, unknown_endpoint, invalid_parameter, invalid_json
 */
export function prepareOpenAi(
  exchange: Exchange,
  inbound: Inbound,
  raw: Buffer,
  operation: OpenAiOperation,
  custom: readonly CustomProvider[],
): Prepared {
  const request = readRequest(decodeBody(raw, inbound.headers), operation);
  const bytes = describe(exchange, inbound, request);
  const naming = namingOf(inbound.headers, exchange.params, custom);
  const model = modelToPrepare(exchange, naming);
  if (!model)
    throw new GatewayError(
      'invalid_parameter',
      'model is required: name the model to call, such as claude-sonnet-5-5.',
    );
  const found = naming.requested(model);
  if (!found) throw unknownModel(model);
  const alterations = [...exchange.alterations];
  const call = { inbound, operation, raw, bytes, requestedModel: request.model, alterations };
  const prepared = prepareFor(call, found.provider, found.model);
  noteOn(exchange, prepared);
  return prepared;
}

function prepareFor(call: OpenAiCall, provider: Provider, model: string): Prepared {
  const { operation } = call;
  const retarget: Prepared['retarget'] = (other, name) => prepareFor(call, other, name);
  const path = provider.paths[operation];
  if (path !== undefined) return { ...forwarded(call, model, path), provider, model, retarget };
  if (operation === 'chat' && provider.chat)
    return { ...translated(call, provider.chat, model), provider, model, retarget };
  throw new GatewayError(
    'unknown_endpoint',
    `${provider.name} has no ${NAMES[operation]} endpoint. ${operation === 'responses' ? 'Send this model to /api/chat/completions.' : 'Name a model of a provider that has one.'}`,
  );
}

const NAMES = { chat: 'chat completions', responses: 'Responses', embeddings: 'embeddings' };

type Message = Omit<Prepared, 'provider' | 'model' | 'retarget'>;

/** The caller's own bytes, but for what is ours and a model name that carries its provider. */
function forwarded(call: OpenAiCall, model: string, path: string): Message {
  const { inbound, raw, bytes, requestedModel } = call;
  const renamed = model !== requestedModel;
  const alterations = renamed ? [...call.alterations, `sent the model as ${model}`] : call.alterations;
  const untouched = alterations.length === 0;
  const headers = upstreamHeaders(inbound.rawHeaders, header(inbound, 'connection'));
  const query = inbound.url.indexOf('?');
  return {
    method: 'POST',
    path: query < 0 ? path : path + inbound.url.slice(query),
    // An altered body is sent plain.
    headers: untouched ? headers : without(headers, 'content-encoding'),
    body: untouched ? raw : renamed ? withModel(bytes, model) : bytes,
    translate: null,
    alterations,
    warnings: [],
  };
}

function translated({ bytes, alterations }: OpenAiCall, chat: ChatTranslation, model: string): Message {
  const result = chat.toRequest({ ...parseBody(bytes), model });
  if (!result.ok) throw new GatewayError('invalid_parameter', result.message, { param: result.param });
  return {
    method: 'POST',
    path: chat.path,
    headers: ['content-type', 'application/json', 'accept-encoding', 'identity', ...chat.headers],
    body: Buffer.from(JSON.stringify(result.request)),
    translate: result,
    alterations: [...alterations, 'translated from chat completions'],
    warnings: result.warnings,
  };
}

function unknownModel(model: string): GatewayError {
  const names = PROVIDERS.map(({ name }) => name).join(' and ');
  return new GatewayError(
    'unknown_model',
    `Requested model: ${model.slice(0, 100)} is not available in the model list. Name a model of ${names}, or one of your own providers as provider/model.`,
  );
}
