import type { Provider } from '../provider';
import { toChatError } from './chat/error';
import { toMessagesRequest } from './chat/request';
import { toChatCompletions } from './chat/response';
import { createChatStream } from './chat/stream';
import { AnthropicMeter, outputCharacters } from './meter';
import { CLAUDE_MODELS } from './models';

/** The version the translation speaks. Callers of the Messages path send their own. */
const ANTHROPIC_VERSION = '2023-06-01';

export const anthropic: Provider = {
  id: 'anthropic',
  name: 'Anthropic',
  serves: 'Claude models, on the Anthropic and the OpenAI path.',
  models: CLAUDE_MODELS,
  lists: () => true,
  servesModel: (model) => /^claude/i.test(model),
  baseUrl: null,
  pricedAs: 'anthropic',
  // OAuth tokens are only taken as a bearer; keys only as x-api-key by older endpoints.
  credentialHeaders: (secret) =>
    secret.startsWith('sk-ant-oat') ? ['authorization', `Bearer ${secret}`] : ['x-api-key', secret],
  createMeter: () => new AnthropicMeter(),
  outputCharacters,
  streamError: (message, _endpoint, type = 'api_error') =>
    `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message } })}\n\n`,
  chat: {
    path: '/v1/messages',
    headers: ['anthropic-version', ANTHROPIC_VERSION],
    toRequest: toMessagesRequest,
    toCompletion: toChatCompletions,
    toError: toChatError,
    createStream: createChatStream,
  },
  paths: {},
  keyForm: { begins: 'sk-ant-', copyFrom: 'platform.claude.com, under API keys' },
  probe: { path: '/v1/models?limit=1', headers: ['anthropic-version', ANTHROPIC_VERSION] },
};
