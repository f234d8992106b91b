import type { Provider } from '../provider';
import { toChatError } from './chat/error';
import { toMessagesRequest } from './chat/request';
import { toChatCompletion } from './chat/response';
import { createChatStream } from './chat/stream';
import { AnthropicMeter } from './meter';

/** The version the translation speaks. Callers of the Messages path send their own. */
const ANTHROPIC_VERSION = '2023-06-01';

export const anthropic: Provider = {
  id: 'anthropic',
  name: 'Anthropic',
  servesModel: (model) => /^claude/i.test(model),
  // OAuth tokens are only taken as a bearer; keys only as x-api-key by older endpoints.
  credentialHeaders: (secret) =>
    secret.startsWith('sk-ant-oat') ? ['authorization', `Bearer ${secret}`] : ['x-api-key', secret],
  createMeter: () => new AnthropicMeter(),
  streamError: (message) =>
    `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'api_error', message } })}\n\n`,
  chat: {
    path: '/v1/messages',
    headers: ['anthropic-version', ANTHROPIC_VERSION],
    toRequest: toMessagesRequest,
    toCompletion: toChatCompletion,
    toError: toChatError,
    createStream: createChatStream,
  },
};
