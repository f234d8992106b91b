import OpenAI from 'openai';
import { expect, test } from '../support/gateway';

/** The lists of models: public, and of an API key. */

test('the public list needs no key', async ({ gateway }) => {
  for (const path of ['/api/models/public', '/api/models/public/']) {
    const response = await fetch(`${gateway.url}${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    const { models } = (await response.json()) as { models: Record<string, unknown>[] };
    expect(models.find(({ model_name }) => model_name === 'claude-sonnet-5-5')).toMatchObject({
      max_context_window: 1_000_000,
      input_cost: 2,
      output_cost: 10,
      rate_limit: null,
      provider: { provider_id: 'anthropic', provider_name: 'Anthropic', credential_fields: ['api_key'] },
    });
  }
});

test("a key's list is what OpenAI's SDK reads, and sorted as asked", async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key });
  const ids: string[] = [];
  for await (const model of client.models.list()) ids.push(model.id);
  expect(ids).toEqual(expect.arrayContaining(['claude-opus-5-5', 'gpt-5.1']));
  const response = await fetch(`${gateway.url}/api/models/?sort_by=model_name&all=false`, {
    headers: { authorization: `Bearer ${gateway.key}` },
  });
  const { models } = (await response.json()) as { models: { model_name: string }[] };
  expect(models.map(({ model_name }) => model_name)).toEqual(ids.toSorted((a, b) => a.localeCompare(b)));
});

test('a key that is missing or wrong is told so', async ({ gateway }) => {
  const missing = await fetch(`${gateway.url}/api/models`);
  expect([missing.status, await missing.json()]).toEqual([
    401,
    { detail: 'Authentication credentials were not provided.' },
  ]);
  const wrong = await fetch(`${gateway.url}/api/models`, { headers: { authorization: 'Bearer wrong' } });
  expect([wrong.status, await wrong.json()]).toEqual([
    401,
    { detail: expect.stringMatching(/^Your API key is invalid or expired, please check your API key at http/) },
  ]);
  const order = await fetch(`${gateway.url}/api/models?sort_by=secret`, {
    headers: { authorization: `Bearer ${gateway.key}` },
  });
  expect([order.status, await order.json()]).toEqual([
    422,
    { detail: 'Validation error', errors: { sort_by: [expect.stringMatching(/^sort_by must be one of model_name/)] } },
  ]);
});

test("endpoints that Anthropic does not have answer 404 in OpenAI's shape", async ({ gateway }) => {
  const client = new OpenAI({ baseURL: `${gateway.url}/api`, apiKey: gateway.key, maxRetries: 0 });
  const model = 'claude-sonnet-5-5';
  await expect(client.embeddings.create({ model, input: 'x' })).rejects.toThrow(
    '404 Anthropic has no embeddings endpoint.',
  );
  await expect(client.responses.create({ model, input: 'x' })).rejects.toThrow(
    '404 Anthropic has no Responses endpoint.',
  );
});
