import type { ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { KEY, type Received, startGateway, startProvider } from './testing';

/** What the tests of the Messages path share: a provider that says as it is told, and its usual answers. */

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Closes something after the running test. */
export function closeAfterTest(close: () => Promise<void>): void {
  closers.push(close);
}

export const auth = { 'x-api-key': KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
export const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-5-5',
  content: [{ type: 'text', text: 'Hello there\nsecond line' }],
  stop_reason: 'end_turn',
  usage: {
    input_tokens: 10,
    output_tokens: 5,
    cache_read_input_tokens: 3,
    cache_creation_input_tokens: 7,
    cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 5 },
  },
};
export const frame = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
export const START = frame('message_start', {
  message: { ...MESSAGE, content: [], stop_reason: null, usage: { ...MESSAGE.usage, output_tokens: 1 } },
});
export const DELTAS = ['Hel', 'lo th', 'ere'].map((text) =>
  frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
);
export const END =
  frame('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 42 } }) +
  frame('message_stop', {});

export async function setUp(
  answer: Parameters<typeof startProvider>[0],
  over: Parameters<typeof startGateway>[1] = {},
  timeouts?: Parameters<typeof startGateway>[2],
) {
  const provider = await startProvider(answer);
  const gateway = await startGateway(provider.url, over, timeouts);
  closers.push(gateway.close, provider.close);
  return { provider, gateway, url: `${gateway.url}/api/anthropic/v1/messages` };
}
export const okJson = (_: Received, response: ServerResponse) => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'request-id': 'req_1',
    'anthropic-ratelimit-requests-remaining': '9',
  });
  response.end(JSON.stringify(MESSAGE));
};
