import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { Inbound } from '../http/message';
import { resolveModel } from '../providers';
import { decodeBody, parseBody, readRequest } from '../steps/read-request';
import { describe } from './messages';
import type { Prepared } from './prepared';

/** The chat completions path: translated for a provider that speaks another language. */
export function prepareChat(exchange: Exchange, inbound: Inbound, raw: Buffer): Prepared {
  const request = readRequest(decodeBody(raw, inbound.headers), 'chat');
  const bytes = describe(exchange, inbound, request);
  if (!request.model)
    throw new GatewayError(
      'invalid_parameter',
      'model is required: name the model to call, such as claude-sonnet-5-5.',
    );
  const found = resolveModel(request.model);
  if (!found) {
    throw new GatewayError(
      'unknown_model',
      `Requested model: ${request.model.slice(0, 100)} is not available in the model list. This installation serves Anthropic's models, such as claude-sonnet-5-5.`,
    );
  }
  const { provider, model } = found;
  const translated = provider.chat.toRequest({ ...parseBody(bytes), model });
  if (!translated.ok) throw new GatewayError('invalid_parameter', translated.message, { param: translated.param });
  exchange.warnings.push(...translated.warnings);
  exchange.alterations.push('translated from chat completions');
  return {
    provider,
    model,
    method: 'POST',
    path: provider.chat.path,
    headers: ['content-type', 'application/json', 'accept-encoding', 'identity', ...provider.chat.headers],
    body: Buffer.from(JSON.stringify(translated.request)),
    translate: translated,
  };
}
