import { expect, test } from '../support/gateway';

/** Calls made elsewhere, sent as the provider page shows. */

const SEED = {
  model: 'claude-3-5-sonnet-20240620',
  prompt_messages: [{ role: 'user', content: 'Hi' }],
  completion_message: { role: 'assistant', content: 'Hi, how can I assist you today?' },
  cost: 0.001,
  generation_time: 5.7,
  customer_params: { customer_identifier: 'customer_123' },
};

for (const path of ['/api/request-logs/create/', '/api/request-logs/create', '/api/request-logs/']) {
  test(`the seven fields, at ${path}`, async ({ gateway }) => {
    const response = await fetch(gateway.url + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(SEED),
    });
    const answer = await response.json();
    expect([response.status, answer]).toEqual([200, { message: 'log successful', unique_id: expect.any(String) }]);
    expect(await gateway.log(answer.unique_id)).toMatchObject({
      logMethod: 'logging_api',
      status: 'success',
      model: 'claude-3-5-sonnet-20240620',
      provider: 'anthropic',
      costNanoUsd: '1000000',
      latencyMs: 5700,
      customerIdentifier: 'customer_123',
      promptPreview: 'Hi',
      replyPreview: 'Hi, how can I assist you today?',
    });
  });
}

test('bad logs are refused with what is wrong', async ({ gateway }) => {
  const send = async (body: string, key = gateway.key) => {
    const response = await fetch(`${gateway.url}/api/request-logs/create/`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
    });
    return [response.status, await response.json()];
  };
  expect(await send('{"model":')).toEqual([400, { detail: 'Invalid request format' }]);
  expect(await send(JSON.stringify({ ...SEED, cost: 'much' }))).toEqual([
    422,
    { detail: 'Validation error', errors: { cost: [expect.any(String)] } },
  ]);
  expect(await send(JSON.stringify(SEED), 'wrong')).toEqual([
    401,
    { detail: expect.stringContaining('Your API key is invalid or expired') },
  ]);
  expect(await send(JSON.stringify({ ...SEED, note: 'x'.repeat(21 * 1024 * 1024) }))).toEqual([
    413,
    { detail: 'The request body is larger than 20 MB.' },
  ]);
  expect((await send(JSON.stringify(SEED)))[0]).toBe(200);
});
