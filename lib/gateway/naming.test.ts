import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { okJson } from './test-messages';
import { auth, COMPLETION, json, setUp } from './test-openai';
import { CALLER, credential, type Received, send } from './testing';

/** How a request names its models: by the header that pins a provider, by a list to choose from, by a map of its own. */

const sentModels = (received: readonly Received[]) =>
  received.map(({ url, body }) => [url, JSON.parse(body.toString() || '{}').model]);
const both = (request: Received, response: Parameters<typeof okJson>[1]) =>
  request.url.includes('/anthropic/') ? okJson(request, response) : json(COMPLETION)(request, response);
const messages = [{ role: 'user', content: 'Hi' }];
const chat = (fields: object, headers: object = {}) => ({
  headers: { ...auth, ...headers },
  body: JSON.stringify({ messages, ...fields }),
});

describe('X-Respan-Route-Provider', () => {
  const pin = (provider: string) => ({ 'X-Respan-Route-Provider': provider });

  it.each([
    ['my-llama', 'gpt-5.1', '/custom/v1/chat/completions', 'gpt-5.1'],
    ['my-llama', 'anthropic/claude-opus-5', '/custom/v1/chat/completions', 'anthropic/claude-opus-5'],
    ['my-llama', 'my-llama/x', '/custom/v1/chat/completions', 'x'],
    ['openai', 'llama-4', '/openai/chat/completions', 'llama-4'],
    ['Anthropic', 'claude-next', '/anthropic/v1/messages', 'claude-next'],
  ])('%s gets %s whoever else has it', async (name, model, path, sent) => {
    const { provider, url } = await setUp(both, [{}]);
    expect((await send(url, chat({ model }, pin(name)))).status).toBe(200);
    expect(sentModels(provider.received)).toEqual([[path, sent]]);
    expect(provider.received[0]?.headers['x-respan-route-provider']).toBeUndefined();
  });

  it('holds for models to choose from, while fallbacks name their own providers', async () => {
    const { provider, url } = await setUp(json({}, 500), [{}]);
    const fields = { model: 'gpt-5.1', models: ['gpt-5'], fallback_models: ['gpt-4.1'] };
    await send(url, chat(fields, pin('my-llama')));
    expect(sentModels(provider.received)).toEqual([
      ['/custom/v1/chat/completions', 'gpt-5.1'],
      ['/custom/v1/chat/completions', 'gpt-5'],
      ['/openai/chat/completions', 'gpt-4.1'],
    ]);
  });

  it('that names nobody here, or another organization’s provider, is refused', async () => {
    const { provider, url } = await setUp(both);
    const answer = await send(url, chat({ model: 'gpt-5.1' }, pin('my-llama')));
    expect([answer.status, JSON.parse(answer.body.toString()).detail, provider.received.length]).toEqual([
      400,
      'X-Respan-Route-Provider names my-llama, which is not a provider here. Name one of: anthropic, openai.',
      0,
    ]);
  });

  it('on the Anthropic path may name Anthropic alone', async () => {
    const { gateway, provider } = await setUp(both, [{}]);
    const body = '{"model":"claude-opus-5","max_tokens":1,"messages":[]}';
    const url = `${gateway.url}/api/anthropic/v1/messages`;
    expect((await send(url, { headers: { ...auth, ...pin('anthropic') }, body })).status).toBe(200);
    const refused = await send(url, { headers: { ...auth, ...pin('my-llama') }, body });
    expect([refused.status, provider.received.length]).toEqual([404, 1]);
    expect(gateway.records[0]?.untouched).toBe(true);
  });
});

describe('models without a model', () => {
  it('are tried in their order, without those that are excluded, unknown or unpaid', async () => {
    const { provider, gateway, url } = await setUp(both);
    gateway.ports.integrationCredentials = async (_, id) => (id === 'openai' ? [] : [credential({ provider: id })]);
    const fields = {
      models: ['nobodys', 'claude-opus-5', 'gpt-5.1', 'claude-sonnet-5-5'],
      exclude_models: ['claude-opus-5'],
    };
    expect((await send(url, chat(fields))).status).toBe(200);
    expect(sentModels(provider.received)).toEqual([['/anthropic/v1/messages', 'claude-sonnet-5-5']]);
    expect(gateway.records[0]).toMatchObject({ requestedModel: 'gpt-5.1', provider: 'anthropic', status: 'success' });
    expect(gateway.records[0]?.warnings.join(' ')).toContain('The model gpt-5.1 was left out: No credential pays');
  });

  it('are sent as the model, at the front of the caller’s own bytes', async () => {
    const { provider, gateway, url } = await setUp(both);
    await send(url, { headers: auth, body: '{ "messages":[],  "models":["openai/gpt-5.1"] }' });
    await send(`${gateway.url}/api/anthropic/v1/messages`, {
      headers: auth,
      body: '{ "max_tokens":1, "messages":[], "respan_params":{"models":["claude-opus-5"]} }',
    });
    expect(provider.received.map(({ body }) => body.toString())).toEqual([
      '{"model":"gpt-5.1", "messages":[] }',
      '{"model":"claude-opus-5", "max_tokens":1, "messages":[] }',
    ]);
  });

  it('of a load balance group stand in for the model too', async () => {
    const { provider, url } = await setUp(both);
    await send(url, chat({ load_balance_group: { models: [{ model: 'claude-opus-5' }] } }));
    expect(sentModels(provider.received)).toEqual([['/anthropic/v1/messages', 'claude-opus-5']]);
  });

  it('that can not be used, or not paid, are told', async () => {
    const { gateway, url } = await setUp(both);
    const refused = async (fields: object) => {
      const answer = await send(url, chat(fields));
      return [answer.status, JSON.parse(answer.body.toString()).detail.split(/[:.]/)[0]];
    };
    expect(await refused({ models: ['gpt-5.1'], exclude_providers: ['openai'] })).toEqual([
      404,
      'None of models can be used',
    ]);
    expect(await refused({})).toEqual([400, 'model is required']);
    gateway.ports.integrationCredentials = async () => [];
    expect(await refused({ models: ['gpt-5.1', 'claude-opus-5'] })).toEqual([402, 'No credential pays for this call']);
  });
});

describe('model_name_map', () => {
  it.each([
    ['gpt-5.1', { 'gpt-5.1': 'my-deployment' }, '/openai/chat/completions', 'my-deployment'],
    ['openai/gpt-5.1', { 'gpt-5.1': 'my-deployment' }, '/openai/chat/completions', 'my-deployment'],
    ['fast', { fast: 'claude-haiku-5-5' }, '/anthropic/v1/messages', 'claude-haiku-5-5'],
    ['gpt-5.1', { constructor: 'x' }, '/openai/chat/completions', 'gpt-5.1'],
  ])('%s is sent as %o says', async (model, model_name_map, path, sent) => {
    const { provider, gateway, url } = await setUp(both);
    expect((await send(url, chat({ model, model_name_map }))).status).toBe(200);
    expect(sentModels(provider.received)).toEqual([[path, sent]]);
    expect(gateway.records[0]?.requestedModel).toBe(model);
  });

  it('holds on the Anthropic path and for fallbacks', async () => {
    const { gateway, provider } = await setUp((_, response) => response.writeHead(500).end());
    const respan_params = {
      model_name_map: { 'claude-opus-5': 'a', 'claude-opus-4-8': 'b' },
      fallback_models: ['claude-opus-4-8'],
    };
    const body = JSON.stringify({ model: 'claude-opus-5', max_tokens: 1, messages, respan_params });
    await send(`${gateway.url}/api/anthropic/v1/messages`, { headers: auth, body });
    expect(sentModels(provider.received).map(([, model]) => model)).toEqual(['a', 'b']);
  });
});

describe('customer_api_keys', () => {
  const keyOf = ({ headers }: Received) => headers.authorization ?? headers['x-api-key'];

  it.each([
    ['by provider', { openai: 'sk-theirs' }, {}, 'Bearer sk-theirs'],
    ['by model', { 'gpt-5.1': 'sk-theirs' }, {}, 'Bearer sk-theirs'],
    [
      'behind customer_credentials',
      { openai: 'sk-theirs' },
      { customer_credentials: { openai: { api_key: 'sk-new' } } },
      'Bearer sk-new',
    ],
    ['of another provider not at all', { anthropic: 'sk-theirs' }, {}, 'Bearer sk-openai-secret-1234'],
  ])('pay %s', async (_, customer_api_keys, more, key) => {
    const { provider, gateway, url } = await setUp(both);
    await send(url, chat({ model: 'gpt-5.1', customer_api_keys, ...more }));
    expect(provider.received.map(keyOf)).toEqual([key]);
    expect(inspect(gateway.records, { depth: 9 })).not.toContain('sk-theirs');
  });
});

it('identifiers and properties are on the log under the names it has for them', async () => {
  const { gateway, url } = await setUp(both);
  const fields = {
    model: 'gpt-5.1',
    session_identifier: 's',
    trace_group_identifier: 't',
    group_identifier: 7,
    customer_name: 'Ada',
    customer_email: null,
    properties: { plan: 'pro', seats: 3 },
    metadata: { plan: 'team' },
    load_balance_group: { group_id: 'saved' },
  };
  gateway.ports.loadBalanceGroup = async (organizationId) =>
    organizationId === CALLER.organizationId ? [{ model: 'gpt-5', weight: 1 }] : [];
  await send(url, chat(fields));
  expect(gateway.records[0]).toMatchObject({
    threadIdentifier: 's',
    metadata: {
      plan: 'team',
      seats: 3,
      respan_fields: { group_identifier: '7', customer_name: 'Ada', load_balance_group_id: 'saved' },
    },
    warnings: [],
  });
});
