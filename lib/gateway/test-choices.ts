import type { ServerResponse } from 'node:http';
import OpenAI from 'openai';
import { priceUsage } from '@/lib/pricing/price';
import { frame, MESSAGE, START, setUp } from './test-messages';
import { credential, KEY, type Received } from './testing';
import { NO_USAGE } from './usage';

/** What the tests of several choices share: a provider that answers each call with the next of a list. */

export type Answer = (request: Received, response: ServerResponse) => void;
export const MODEL = 'claude-sonnet-5-5';
export const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
export const request = (extra: object = {}) => ({
  model: MODEL,
  max_tokens: 50,
  n: 3,
  messages: [{ role: 'user' as const, content: 'Hi' }],
  ...extra,
});

export const whole =
  (text: string): Answer =>
  (_, response) => {
    const usage = { ...MESSAGE.usage, output_tokens: text.length };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...MESSAGE, content: [{ type: 'text', text }], usage }));
  };
const said = (text: string) => frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
const BLOCK = frame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
const ending = (outputTokens: number) =>
  frame('content_block_stop', { index: 0 }) +
  frame('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: outputTokens } }) +
  frame('message_stop', {});
export const begins = (response: ServerResponse, text: string) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(START + BLOCK + said(text));
};
export const streamed =
  (...pieces: string[]): Answer =>
  (_, response) => {
    begins(response, pieces[0] ?? '');
    const rest = pieces.slice(1);
    const next = () => {
      const piece = rest.shift();
      if (piece === undefined) return response.end(ending(7));
      response.write(said(piece));
      return setTimeout(next, 5);
    };
    setTimeout(next, 5);
  };
export const fails =
  (status: number): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end('{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}');
  };

/** Each call gets the next answer; those without one hang. */
export async function setUpTurns(answers: readonly Answer[], over: Parameters<typeof setUp>[1] = {}) {
  const closed: boolean[] = [];
  let next = 0;
  const only = credential();
  const set = await setUp(
    (received, response) => {
      const mine = next++;
      closed[mine] = false;
      response.on('close', () => {
        closed[mine] = !response.writableFinished;
      });
      answers[mine]?.(received, response);
    },
    { price: priceUsage, integrationCredentials: async () => [only], ...over },
  );
  const client = new OpenAI({ baseURL: `${set.gateway.url}/api`, apiKey: KEY, maxRetries: 0 });
  return { ...set, url: `${set.gateway.url}/api/chat/completions`, client, closed };
}

/** Cost of calls with the usual prompt and so many output tokens each. */
export function priceOf(...outputTokens: number[]): bigint {
  const prompt = { inputTokens: 10, cacheReadTokens: 3, cacheWrite5mTokens: 2, cacheWrite1hTokens: 5 };
  return outputTokens.reduce((sum, tokens) => {
    const usage = { ...NO_USAGE, ...prompt, outputTokens: tokens };
    const cost = priceUsage({ provider: 'anthropic', model: MODEL, usage, at: new Date() });
    return sum + (cost?.costNanoUsd ?? 0n);
  }, 0n);
}
