import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import { connectKey } from './connect';
import { loadCredentials } from './credentials';
import { addCustomProvider, editCustomProvider, removeCustomProvider } from './custom-mutations';
import { loadCustomProviders } from './custom-providers';
import { verifyStored } from './mutations';
import { listIntegrations } from './queries';

let database: TestDatabase;
let ctx: Context;
let other: Context;
/** An OpenAI-compatible server; a key with "bad" in it is refused, and "/bare" has no list of models. */
const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
const server = createServer((request, response) => {
  seen.push({ url: request.url, headers: request.headers });
  const status = request.headers.authorization?.includes('bad') ? 401 : request.url?.startsWith('/bare') ? 404 : 200;
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"data":[]}');
});
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await database.drop();
});
beforeEach(async () => {
  provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1' });
  seen.length = 0;
  ctx = await newContext('owner');
  other = await newContext('owner');
});

async function newContext(role: Role, organizationId = uuidv7()): Promise<Context> {
  const create = { id: organizationId, name: 'Acme' };
  await db().organization.upsert({ where: { id: organizationId }, create, update: {} });
  return brandContext({ organizationId, userId: uuidv7(), role });
}

const values = (over: object = {}) => ({
  name: 'My Llama 4!',
  baseUrl: `${url}/v1`,
  models: ['llama-4'],
  secret: 'any-word',
  ...over,
});
const secrets = async (as: Context, slug = 'my-llama-4') =>
  (await loadCredentials(as.organizationId, slug, () => {})).map(({ secret }) => secret);
const mine = async (as = ctx) => (await listIntegrations(as)).providers.filter(({ custom }) => custom);

describe('adding one', () => {
  test('asks it with its key, then keeps both; its id is made from its name', async () => {
    const { provider, warning } = await addCustomProvider(ctx, values());
    expect([provider, warning]).toEqual([
      expect.objectContaining({ slug: 'my-llama-4', name: 'My Llama 4!', models: ['llama-4'] }),
      null,
    ]);
    expect(seen).toMatchObject([{ url: '/v1/models', headers: { authorization: 'Bearer any-word' } }]);
    expect(await loadCustomProviders(ctx.organizationId)).toEqual([
      { slug: 'my-llama-4', name: 'My Llama 4!', baseUrl: `${url}/v1`, models: ['llama-4'], pricedAs: null },
    ]);
    expect(await secrets(ctx)).toEqual(['any-word']);
    const [listed] = await mine();
    expect(listed).toMatchObject({
      id: 'my-llama-4',
      name: 'My Llama 4!',
      keys: [{ lastFour: 'word', verifiedAt: expect.any(Date) }],
    });
    expect(JSON.stringify(listed)).not.toContain('any-word');
  });

  test('a key it refuses keeps nothing; one it can not be asked about is kept with a warning', async () => {
    await expect(addCustomProvider(ctx, values({ secret: 'bad' }))).rejects.toMatchObject({
      code: 'provider_refused',
      fields: { secret: 'My Llama 4! refused this key (401). Check that you copied all of it.' },
    });
    expect(await mine()).toEqual([]);
    const { warning } = await addCustomProvider(ctx, values({ baseUrl: `${url}/bare` }));
    expect(warning).toMatch(/has no list of models \(404\)/);
    expect(await mine()).toHaveLength(1);
  });

  test.each(['OpenAI', 'anthropic', 'Constructor', 'respan', 'My llama 4'])('the name %s is taken', async (name) => {
    await addCustomProvider(ctx, values());
    await expect(addCustomProvider(ctx, values({ name }))).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.stringMatching(/is taken/) },
    });
  });

  test('a private address is refused before anything is sent', async () => {
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '0' });
    await expect(addCustomProvider(ctx, values())).rejects.toMatchObject({
      fields: { baseUrl: expect.stringMatching(/private address/) },
    });
    expect(seen).toEqual([]);
  });
});

describe('changing one', () => {
  test('keeps its id and its keys while its address stays', async () => {
    const { provider } = await addCustomProvider(ctx, values());
    await editCustomProvider(ctx, provider.id, values({ name: 'Renamed', models: [], secret: undefined }));
    expect(await loadCustomProviders(ctx.organizationId)).toMatchObject([
      { slug: 'my-llama-4', name: 'Renamed', models: [] },
    ]);
    expect(await secrets(ctx)).toEqual(['any-word']);
  });

  test('never sends a stored key to another address', async () => {
    const { provider } = await addCustomProvider(ctx, values());
    await connectKey(ctx, { provider: 'my-llama-4', secret: 'a-second-key' });
    seen.length = 0;
    const moved = values({ baseUrl: `${url}/elsewhere` });
    await expect(editCustomProvider(ctx, provider.id, { ...moved, secret: ' ' })).rejects.toMatchObject({
      fields: { secret: expect.stringMatching(/paste the key again/) },
    });
    expect(seen).toEqual([]);
    expect(await secrets(ctx)).toEqual(['any-word', 'a-second-key']);
    await editCustomProvider(ctx, provider.id, { ...moved, secret: 'new-word' });
    expect(await secrets(ctx)).toEqual(['new-word']);
  });

  test('takes its keys along when it is removed', async () => {
    const { provider } = await addCustomProvider(ctx, values());
    await removeCustomProvider(ctx, provider.id);
    expect([await mine(), await secrets(ctx)]).toEqual([[], []]);
    await expect(removeCustomProvider(ctx, provider.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('its keys are verified where it is', async () => {
    await addCustomProvider(ctx, values());
    const [listed] = await mine();
    seen.length = 0;
    await verifyStored(ctx, listed?.keys[0]?.id ?? '');
    expect(seen).toMatchObject([{ url: '/v1/models', headers: { authorization: 'Bearer any-word' } }]);
  });
});

test("another organization's is not found, and a viewer changes nothing", async () => {
  const { provider } = await addCustomProvider(ctx, values());
  await expect(editCustomProvider(other, provider.id, values())).rejects.toMatchObject({ code: 'not_found' });
  await expect(removeCustomProvider(other, provider.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(connectKey(other, { provider: 'my-llama-4', secret: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await mine(other)).toEqual([]);
  const viewer = await newContext('viewer', ctx.organizationId);
  for (const attempt of [
    () => addCustomProvider(viewer, values({ name: 'Other' })),
    () => editCustomProvider(viewer, provider.id, values()),
    () => removeCustomProvider(viewer, provider.id),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
  expect(await mine()).toHaveLength(1);
});

test('a key of OpenAI is checked at OpenAI', async () => {
  provideEnv({ OPENAI_BASE_URL: `${url}/v1` });
  const view = await connectKey(ctx, { provider: 'openai', secret: 'sk-proj-0123456789abcdefXYZ' });
  expect(view).toMatchObject({ provider: 'openai', name: 'OpenAI key', lastFour: 'fXYZ' });
  expect(seen).toMatchObject([{ url: '/v1/models' }]);
  await expect(connectKey(ctx, { provider: 'openai', secret: 'pk-1' })).rejects.toMatchObject({
    fields: { secret: 'An OpenAI key begins with sk-. Copy it from platform.openai.com, under API keys.' },
  });
});
