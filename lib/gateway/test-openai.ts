import type { ServerResponse } from 'node:http';
import OpenAI from 'openai';
import { priceUsage } from '@/lib/pricing/price';
import type { CustomProvider } from './ports';
import { closeAfterTest } from './test-messages';
import { credential, KEY, type Received, startGateway, startProvider } from './testing';

/** What the tests of providers that speak OpenAI's language share. */

export const auth = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
export const COMPLETION = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-5.1-2025-11-13',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
  usage: {
    prompt_tokens: 1000,
    completion_tokens: 100,
    total_tokens: 1100,
    prompt_tokens_details: { cached_tokens: 400 },
  },
  some_future_field: [1.0],
};
export const chunk = (data: object) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'gpt-5.1', ...data })}\n\n`;
export const delta = (content: string) =>
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] });
export const STREAM = `${delta('Hel')}: comment\n\n${delta('lo')}${chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`;

const LLAMA: CustomProvider = {
  slug: 'my-llama',
  name: 'My llama',
  baseUrl: '',
  models: ['llama-4', 'gpt-oss:20b'],
  pricedAs: null,
};

export async function setUp(
  answer: (request: Received, response: ServerResponse) => void,
  custom: Partial<CustomProvider>[] = [],
) {
  const provider = await startProvider(answer);
  const rows = custom.map((row) => ({ ...LLAMA, baseUrl: `${provider.url}/custom/v1`, ...row }));
  const over = {
    price: priceUsage,
    customProviders: async () => rows,
    providerBaseUrl: (id: string) => `${provider.url}/${id}`,
    integrationCredentials: async (_: string, id: string) => [
      credential({ provider: id, secret: `sk-${id}-secret-1234` }),
    ],
  };
  const gateway = await startGateway(provider.url, over, undefined, { allowPrivate: true });
  closeAfterTest(gateway.close);
  closeAfterTest(provider.close);
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: KEY, maxRetries: 0 });
  return { provider, gateway, client, url: `${gateway.url}/api/chat/completions` };
}

export const json =
  (body: unknown, status = 200) =>
  (_: Received, response: ServerResponse) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
      .end(JSON.stringify(body));
export const events = (body: string) => (_: Received, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (let at = 0; at < body.length; at += 37) response.write(body.slice(at, at + 37));
  response.end();
};
