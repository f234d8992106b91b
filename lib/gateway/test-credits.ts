import { afterEach } from 'vitest';
import { credential, creditsInMemory, KEY, send, startGateway, startProvider, type TestGateway } from './testing';
import type { NO_USAGE } from './usage';

/** What the tests of calls that credits pay share: an account in memory, and providers that answer briefly or without end. */

/** One nano-dollar a token, so that amounts read as tokens. */
export const price = ({ usage }: { usage: typeof NO_USAGE }) => {
  const tokens = usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.outputTokens;
  return { costNanoUsd: BigInt(tokens), parts: [], modifiers: [], source: 'test' };
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export function closeAfterTest(...close: (() => Promise<void>)[]): void {
  closing.push(...close);
}

export const auth = { 'x-api-key': KEY, 'content-type': 'application/json' };

export async function setUp(balance: bigint, answer: Parameters<typeof startProvider>[0]) {
  const provider = await startProvider(answer);
  const credits = creditsInMemory(balance);
  const gateway = await startGateway(provider.url, {
    integrationCredentials: async () => [],
    platformCredential: () => credential({ source: 'credits', id: null }),
    price,
    credits,
  });
  closeAfterTest(gateway.close, provider.close);
  return { provider, credits, gateway };
}

export const message = (more: object) =>
  JSON.stringify({ model: 'claude-x', messages: [{ role: 'user', content: 'Hi' }], ...more });
export const messages = (gateway: TestGateway, more: object) =>
  send(`${gateway.url}/api/anthropic/v1/messages`, { headers: auth, body: message(more) });

export const event = (data: { type: string } & Record<string, unknown>) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
export const start = event({
  type: 'message_start',
  message: { model: 'claude-x', usage: { input_tokens: 10, output_tokens: 1 } },
});
export const delta = (text: string) =>
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });

/** Streams text until it is cut off, a hundred tokens at a time. */
export const endless: Parameters<typeof startProvider>[0] = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(start);
  const timer = setInterval(() => response.write(delta('word'.repeat(100))), 2);
  response.on('close', () => clearInterval(timer));
};

export const whole =
  (outputTokens: number): Parameters<typeof startProvider>[0] =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const usage = { input_tokens: 10, output_tokens: outputTokens };
    response.end(JSON.stringify({ type: 'message', model: 'claude-x', content: [], stop_reason: 'end_turn', usage }));
  };
