import { expect, it } from 'vitest';
import { auth, okJson, setUp } from './test-messages';
import { send } from './testing';

/** Credentials in odd places, found by the fuzz test: none of them reaches the log or the wrong place. */

const SECRET = 'sk-ant-stray-0000';
const params = { customer_credentials: { anthropic: { api_key: SECRET } } };
const body = { model: 'claude-sonnet-5-5', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };

it.each([
  ['metadata that is named twice', '/api/anthropic/v1/messages', auth],
  ['a body that says it is no JSON', '/api/anthropic/v1/messages', { ...auth, 'content-type': 'text/plain' }],
  ['metadata of a chat completion', '/api/chat/completions', auth],
])('%s', async (_, path, headers) => {
  const { gateway, provider } = await setUp(okJson);
  const metadata = JSON.stringify({ respan_params: params, plan: 'pro' });
  const json = `{"metadata":${metadata},"metadata":{},${JSON.stringify(body).slice(1)}`;
  const single = `{"metadata":${metadata},${JSON.stringify(body).slice(1)}`;
  for (const text of [json, single]) {
    const answer = await send(gateway.url + path, { headers, body: text });
    expect(answer.status).toBe(200);
  }
  expect(provider.received.map(({ headers: { 'x-api-key': key } }) => key)).toEqual([SECRET, SECRET]);
  for (const received of provider.received) expect(received.body.toString()).not.toContain(SECRET);
  expect(gateway.records).toHaveLength(2);
  expect(JSON.stringify(gateway.records)).not.toContain(SECRET);
});

it.each([
  ['a model named like a member of every object', { ...body, model: 'constructor', credential_override: {} }, 200],
  ['a key that no header can hold', { ...body, customer_credentials: { anthropic: { api_key: 'a\r\nb: c' } } }, 400],
  ['metadata nested too deeply', '{"metadata":'.repeat(200), 400],
])('%s', async (_, sent, status) => {
  const { gateway, url } = await setUp(okJson);
  const text = typeof sent === 'string' ? `{"respan_params":${sent}1${'}'.repeat(201)}` : JSON.stringify(sent);
  const answer = await send(url, { headers: auth, body: text });
  expect([answer.status, gateway.reports]).toEqual([status, []]);
  if (status === 400)
    expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { type: 'invalid_request_error' } });
});
