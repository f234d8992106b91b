import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brandContext } from '@/lib/auth/context';
import { requireApiKeyContext } from '@/lib/auth/guards';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { resolveModel } from '@/lib/gateway/providers';
import { ensureKey } from '@/lib/keys/ensure';
import { listModels, publicModels, sortModels } from './queries';
import { modelQuerySchema } from './schema';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const AT = new Date('2026-11-22T00:00:00Z');

describe('the catalogue', () => {
  test('has every field that clients read, with list prices in dollars per million tokens', () => {
    const models = publicModels(AT);
    expect(models.find(({ model_name }) => model_name === 'claude-haiku-5-5')).toEqual({
      model_name: 'claude-haiku-5-5',
      max_context_window: 1_000_000,
      input_cost: 0.1,
      output_cost: 0.5,
      rate_limit: null,
      affiliation_category: 'respan',
      provider: {
        provider_name: 'Anthropic',
        provider_id: 'anthropic',
        moderation: 'Unfiltered',
        credential_fields: ['api_key'],
      },
    });
    expect(models.find(({ model_name }) => model_name === 'gpt-5.1')).toMatchObject({
      max_context_window: 400_000,
      input_cost: 1.25,
      output_cost: 10,
      provider: { provider_id: 'openai' },
    });
  });

  test('names each model once, priced, and as the gateway takes it to the provider that is named', () => {
    const models = publicModels(AT);
    expect(new Set(models.map(({ model_name }) => model_name)).size).toBe(models.length);
    for (const { model_name, input_cost, provider } of models) {
      expect([model_name, resolveModel(model_name)?.provider.id]).toEqual([model_name, provider.provider_id]);
      expect([model_name, input_cost]).toEqual([model_name, expect.any(Number)]);
    }
  });

  test('is sorted as asked, what is not known last', () => {
    const asked = (sort_by: string) => {
      const query = modelQuerySchema.parse({ sort_by }).sort_by;
      if (!query) throw new Error('no order');
      return sortModels(publicModels(AT), query);
    };
    const costs = asked('-output_cost').map(({ output_cost }) => output_cost);
    const known = costs.filter((cost) => cost !== null);
    expect(known).toEqual(known.toSorted((a, b) => b - a));
    expect(costs.slice(known.length).every((cost) => cost === null)).toBe(true);
    expect(costs.length).toBeGreaterThan(known.length);
    expect(asked('model_name')[0]?.model_name).toBe('chatgpt-4o-latest');
    expect(modelQuerySchema.safeParse({ sort_by: 'secret' }).success).toBe(false);
  });
});

test("an organization's own providers are listed to it alone, priced where their address is known", async () => {
  const [mine, other] = [uuidv7(), uuidv7()];
  for (const id of [mine, other]) await db().organization.create({ data: { id, name: 'Acme' } });
  const row = { organizationId: mine, slug: 'mine', name: 'Mine', models: ['llama-4', 'gpt-5.1'] };
  await db().customProvider.create({ data: { ...row, id: uuidv7(), baseUrl: 'https://api.openai.com/v1' } });
  const as = (organizationId: string) => brandContext({ organizationId, userId: null, role: 'developer' });
  const own = (await listModels(as(mine), AT)).filter(({ affiliation_category }) => affiliation_category === 'custom');
  expect(own).toMatchObject([
    { model_name: 'llama-4', input_cost: null, provider: { provider_id: 'mine', provider_name: 'Mine' } },
    { model_name: 'gpt-5.1', input_cost: 1.25 },
  ]);
  expect(await listModels(as(other), AT)).toEqual(publicModels(AT));
});

describe('the context of an API key', () => {
  const KEY = 'abcdefgh.0123456789abcdefghijABCDEFGHIJ12';
  const ask = (headers: Record<string, string>) => requireApiKeyContext(new Request('http://x.test/', { headers }));

  test("is that of the key's organization, whichever header it came in", async () => {
    const organizationId = uuidv7();
    await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
    await ensureKey({ organizationId, presented: KEY });
    const context = { organizationId, userId: null, role: 'developer' };
    expect(await ask({ authorization: `Bearer ${KEY}` })).toEqual(context);
    expect(await ask({ 'x-api-key': KEY, authorization: 'Bearer another-service' })).toEqual(context);
  });

  test.each([
    [{}, /were not provided/],
    [{ authorization: 'Basic abc' }, /were not provided/],
    [{ authorization: 'Bearer abcdefgh.0123456789abcdefghijABCDEFGHIJ99' }, /invalid or expired/],
    [{ authorization: 'Bearer nonsense' }, /invalid or expired/],
  ])('is refused for %j', async (headers: Record<string, string>, message) => {
    await expect(ask(headers)).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringMatching(message),
    });
  });
});
