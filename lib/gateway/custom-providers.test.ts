import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { okJson } from './test-messages';
import { auth, COMPLETION, json, setUp } from './test-openai';
import { send } from './testing';

/** Providers that an organization added itself, and what the Anthropic path says of models that are not its own. */

describe('a custom provider', () => {
  it.each([
    ['by its prefix', 'my-llama/any/model:7b', 'any/model:7b'],
    ['by a model it lists', 'llama-4', 'llama-4'],
    ['by a listed name that looks like another provider', 'gpt-oss:20b', 'gpt-oss:20b'],
  ])('is called %s, at its own address with its own key', async (_, model, sent) => {
    const { provider, gateway, client } = await setUp(json({ ...COMPLETION, model: sent }), [{}]);
    await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hi' }] });
    const [got] = provider.received;
    expect([got?.url, got?.headers.authorization]).toEqual([
      '/custom/v1/chat/completions',
      'Bearer sk-my-llama-secret-1234',
    ]);
    expect(JSON.parse(got?.body.toString() ?? '').model).toBe(sent);
    expect(gateway.records[0]).toMatchObject({
      provider: 'my-llama',
      requestedModel: model,
      cost: null,
      usage: { outputTokens: 100 },
    });
  });

  it('has the prices of the provider whose address it is', async () => {
    const { gateway, client } = await setUp(json(COMPLETION), [{ slug: 'mine', pricedAs: 'openai' }]);
    await client.chat.completions.create({ model: 'mine/gpt-5.1', messages: [] });
    expect(gateway.records[0]?.cost?.costNanoUsd).toBe(1_800_000n);
  });

  it('is unknown to an organization that did not add it', async () => {
    const { client, provider } = await setUp(json(COMPLETION));
    const thrown = client.chat.completions.create({ model: 'my-llama/llama-4', messages: [] });
    await expect(thrown).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    expect(provider.received).toHaveLength(0);
  });

  it('takes credentials of the request under its id', async () => {
    const { client, provider } = await setUp(json(COMPLETION), [{}]);
    const request = { model: 'llama-4', messages: [], customer_credentials: { 'my-llama': { api_key: 'sk-theirs' } } };
    await client.chat.completions.create(request);
    expect(provider.received[0]?.headers.authorization).toBe('Bearer sk-theirs');
  });
});

describe('the Anthropic path', () => {
  const path = (gateway: { url: string }) => `${gateway.url}/api/anthropic/v1/messages`;
  const ask = (model: string) => ({ headers: auth, body: `{"model":"${model}","max_tokens":1,"messages":[]}` });

  it.each([
    ['gpt-5.1', 'gpt-5.1 is a model of OpenAI,'],
    ['openai/gpt-5.1', 'openai/gpt-5.1 is a model of OpenAI,'],
    ['my-llama/x', 'my-llama/x is a model of My llama,'],
    ['llama-4', 'llama-4 is a model of My llama,'],
  ])('refuses %s and says where it is served', async (model, begins) => {
    const { gateway, provider } = await setUp(okJson, [{}]);
    const answer = await send(path(gateway), ask(model));
    const message = `${begins} which does not speak Anthropic's Messages API. Send it to /api/chat/completions.`;
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([
      404,
      expect.objectContaining({ type: 'error', error: { type: 'not_found_error', message } }),
    ]);
    expect(provider.received).toHaveLength(0);
  });

  it('keeps its own models whoever lists them, and takes its prefix off', async () => {
    const { gateway, provider } = await setUp(okJson, [{ models: ['claude-sonnet-5-5'] }]);
    for (const model of ['claude-sonnet-5-5', 'anthropic/claude-sonnet-5-5']) await send(path(gateway), ask(model));
    expect(provider.received.map(({ url, body }) => [url, JSON.parse(body.toString()).model])).toEqual(
      Array(2).fill(['/anthropic/v1/messages', 'claude-sonnet-5-5']),
    );
    expect(gateway.records.map(({ alterations }) => alterations)).toEqual([
      [],
      ['sent the model as claude-sonnet-5-5'],
    ]);
  });
});
