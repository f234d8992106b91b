import { describe, expect, it } from 'vitest';
import { auth, okJson, setUp } from './test-messages';
import { CALLER, credential, KEY, type Received, send } from './testing';

/** Fallback models and load balance groups, through the whole gateway. */

const CHAT = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
const sent = (request: Received | undefined) => JSON.parse(request?.body.toString() ?? '{}');
const messages = [{ role: 'user', content: 'Hi' }];
/** Refuses these models, and answers the rest. */
const refusing =
  (status: number, ...models: string[]): Parameters<typeof setUp>[0] =>
  (request, response) =>
    models.includes(sent(request).model)
      ? response
          .writeHead(status, { 'content-type': 'application/json' })
          .end('{"type":"error","error":{"type":"x","message":"y"}}')
      : okJson(request, response);
const message = (extra: object) => JSON.stringify({ model: 'claude-opus-5-5', max_tokens: 9, messages, ...extra });

describe('fallback models', () => {
  it.each([400, 404, 429, 529])('are tried in order when the model answers %i', async (status) => {
    const { provider, gateway, url } = await setUp(refusing(status, 'claude-opus-5-5', 'claude-opus-5'));
    const answer = await send(url, {
      headers: auth,
      body: message({ fallback_models: ['claude-opus-5', 'claude-sonnet-5-5'] }),
    });
    expect(answer.status).toBe(200);
    expect(provider.received.map((request) => request.body.toString())).toEqual(
      ['claude-opus-5-5', 'claude-opus-5', 'claude-sonnet-5-5'].map((model) =>
        JSON.stringify({ model, max_tokens: 9, messages }),
      ),
    );
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      requestedModel: 'claude-opus-5-5',
      alterations: ['took out fallback_models', 'sent the model as claude-sonnet-5-5'],
      attempts: [
        { model: 'claude-opus-5-5' },
        { model: 'claude-opus-5' },
        { model: 'claude-sonnet-5-5', reason: `fallback, because the provider answered ${status}` },
      ],
    });
  });

  it('the last answer is the caller’s when all fail', async () => {
    const { url } = await setUp(refusing(529, 'claude-opus-5-5', 'claude-opus-5'));
    expect((await send(url, { headers: auth, body: message({ fallback_models: ['claude-opus-5'] }) })).status).toBe(
      529,
    );
  });

  it('can be switched off', async () => {
    const { provider, url } = await setUp(refusing(500, 'claude-opus-5-5'));
    const answer = await send(url, {
      headers: auth,
      body: message({ fallback_models: ['claude-opus-5'], disable_fallback: true }),
    });
    expect([answer.status, provider.received.length]).toEqual([500, 1]);
  });

  it('work on the chat path, each translated for its own model', async () => {
    const { provider, gateway } = await setUp(refusing(500, 'claude-opus-5-5'));
    const body = JSON.stringify({
      model: 'claude-opus-5-5',
      models: ['claude-sonnet-4-5'],
      reasoning_effort: 'high',
      messages,
    });
    const answer = await send(`${gateway.url}/api/chat/completions`, { headers: CHAT, body });
    expect(answer.status).toBe(200);
    expect(provider.received.map((request) => [sent(request).model, sent(request).thinking?.type])).toEqual([
      ['claude-opus-5-5', 'adaptive'],
      ['claude-sonnet-4-5', 'enabled'],
    ]);
    expect(gateway.records[0]?.alterations.filter((note) => note.startsWith('translated'))).toHaveLength(1);
  });

  it('that are unknown, excluded or of another language are left out', async () => {
    const { provider, gateway, url } = await setUp(refusing(500, 'claude-opus-5-5', 'claude-opus-5'));
    const extra = {
      models: ['nobody-knows', 'claude-haiku-5-5'],
      exclude_models: ['claude-haiku-5-5'],
      fallback_models: ['gpt-5', 'claude-opus-5'],
    };
    const answer = await send(url, { headers: auth, body: message(extra) });
    expect(answer.status).toBe(500);
    expect(provider.received.map((request) => sent(request).model)).toEqual(['claude-opus-5-5', 'claude-opus-5']);
    expect(gateway.records[0]?.warnings[0]).toBe('The model nobody-knows is not known and was left out.');
  });

  it('never take another key than the request brought', async () => {
    const { provider, gateway, url } = await setUp(refusing(401, 'claude-opus-5-5'));
    const extra = {
      credential_override: { 'claude-opus-5-5': { api_key: 'sk-ant-own' } },
      fallback_models: ['claude-opus-5'],
    };
    const answer = await send(url, { headers: auth, body: message(extra) });
    expect([answer.status, provider.received.length]).toEqual([401, 1]);
    expect(gateway.records[0]?.warnings).toEqual([
      "The fallback claude-opus-5 was left out: the request's own credentials don't cover it.",
    ]);
  });
});

describe('load balance groups', () => {
  it('stand in for the model, in proportion to their weights, with keys of their own', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const models = [
      { model: 'claude-opus-5', weight: 3 },
      { model: 'claude-sonnet-5-5', weight: 1, credentials: { anthropic: { api_key: 'sk-ant-group' } } },
    ];
    for (let call = 0; call < 80; call++)
      await send(url, { headers: auth, body: message({ load_balance_group: { group_id: 'g', models } }) });
    const share = provider.received.filter((request) => sent(request).model === 'claude-opus-5').length / 80;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.95);
    const group = provider.received.filter((request) => sent(request).model === 'claude-sonnet-5-5');
    expect(new Set(group.map((request) => request.headers['x-api-key']))).toEqual(new Set(['sk-ant-group']));
    expect(JSON.stringify(gateway.records)).not.toContain('sk-ant-group');
    expect(gateway.records.every((record) => record.requestedModel === 'claude-opus-5-5')).toBe(true);
  });

  it('keep a thread with one model, and fall to the other when it fails', async () => {
    const { provider, url } = await setUp(refusing(500, 'claude-opus-5'));
    const loadbalance_models = [{ model: 'claude-opus-5' }, { model: 'claude-sonnet-5-5' }];
    for (let call = 0; call < 10; call++) {
      expect(
        (await send(url, { headers: auth, body: message({ loadbalance_models, thread_identifier: 'a thread' }) }))
          .status,
      ).toBe(200);
    }
    expect(new Set(provider.received.map((request) => sent(request).model)).size).toBeLessThanOrEqual(2);
  });

  it('that the organization saved stand in for the model, unless the request lists models itself', async () => {
    const asked: string[][] = [];
    const { provider, gateway, url } = await setUp(okJson, {
      loadBalanceGroup: async (...names) => {
        asked.push(names);
        return names[1] === 'saved' ? [{ model: 'claude-opus-5', weight: 2 }] : [];
      },
    });
    const call = (load_balance_group: object, extra: object = {}) =>
      send(url, { headers: auth, body: message({ load_balance_group, ...extra }) });
    await call({ group_id: 'saved' }, { loadbalance_models: [{ model: 'claude-haiku-5-5' }] });
    await call({ group_id: 'saved', models: [{ model: 'claude-sonnet-5-5' }] });
    await call({ group_id: 'nobodys' });
    expect(provider.received.map((request) => sent(request).model)).toEqual([
      'claude-opus-5',
      'claude-sonnet-5-5',
      'claude-opus-5-5',
    ]);
    expect(asked).toEqual(['saved', 'nobodys'].map((group) => [CALLER.organizationId, group]));
    expect(gateway.records.map(({ warnings }) => warnings)).toEqual([
      [],
      [],
      ['The load balance group nobodys is not known here: create it under Load balancing, or list its models.'],
    ]);
    expect(gateway.records[0]).toMatchObject({
      requestedModel: 'claude-opus-5-5',
      attempts: [{ model: 'claude-opus-5' }],
    });
  });

  it('that the organization saved share by weight, and fall from one to the other', async () => {
    const { provider, url } = await setUp(refusing(529, 'claude-opus-5'), {
      loadBalanceGroup: async () => [
        { model: 'claude-opus-5', weight: 3 },
        { model: 'claude-sonnet-5-5', weight: 1 },
      ],
    });
    for (let call = 0; call < 40; call++) {
      const answer = await send(url, { headers: auth, body: message({ load_balance_group: { group_id: 'saved' } }) });
      expect(answer.status).toBe(200);
    }
    const first = provider.received.filter((request) => sent(request).model === 'claude-opus-5').length;
    expect(first).toBeGreaterThan(15);
    expect(provider.received.length - first).toBe(40);
  });
});

it('a fallback of another provider is paid by that provider’s key', async () => {
  const keys = [credential(), credential({ provider: 'openai', secret: 'sk-openai' })];
  const { provider, gateway } = await setUp(
    (request, response) => {
      if (request.url === '/v1/messages') response.writeHead(529, { 'content-type': 'application/json' }).end('{}');
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(
            '{"object":"chat.completion","model":"gpt-5","choices":[{"message":{"role":"assistant","content":"Hi"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}',
          );
    },
    { integrationCredentials: async (_, id) => keys.filter((key) => key.provider === id) },
  );
  const body = JSON.stringify({ model: 'claude-opus-5-5', fallback_models: ['gpt-5'], messages });
  const answer = await send(`${gateway.url}/api/chat/completions`, { headers: CHAT, body });
  expect([answer.status, JSON.parse(answer.body.toString()).choices[0].message.content]).toEqual([200, 'Hi']);
  expect(provider.received.map((request) => request.headers.authorization ?? request.headers['x-api-key'])).toEqual([
    'sk-ant-integration-secret-1234',
    'Bearer sk-openai',
  ]);
  expect(sent(provider.received[1])).toEqual({ model: 'gpt-5', messages });
});
