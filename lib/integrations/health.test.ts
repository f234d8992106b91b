import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import { startSimulator } from '@/lib/simulator/server';
import { connectKey } from './connect';
import { loadCredentials } from './credentials';
import { recordHealth } from './health';
import { replaceKey, verifyStored } from './mutations';
import { listIntegrations } from './queries';

const SECRET = 'sk-ant-api03-0123456789abcdef-WXYZ';
const EARLY = new Date('2026-11-22T10:00:00Z');
const LATE = new Date('2026-11-22T11:00:00Z');

let database: TestDatabase;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let ctx: Context;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startSimulator({ port: 0 });
  provideEnv({ ANTHROPIC_BASE_URL: simulator.url });
});
afterAll(async () => {
  await simulator.close();
  await database.drop();
});
beforeEach(async () => {
  const organizationId = uuidv7();
  await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
  ctx = brandContext({ organizationId, userId: uuidv7(), role: 'owner' });
  id = (await connectKey(ctx, { provider: 'anthropic', secret: SECRET })).id;
});

const failing = async (of = id) => {
  const { providers } = await listIntegrations(ctx);
  return providers.flatMap(({ keys }) => keys).find((key) => key.id === of)?.failing;
};

test('a key fails since the first report of a row of them, with the last error', async () => {
  expect(await failing()).toBeNull();
  await recordHealth(id, 'failing', 'the provider answered 500', EARLY);
  await recordHealth(id, 'failing', 'x'.repeat(1000), LATE);
  expect(await failing()).toEqual({ since: EARLY, lastError: 'x'.repeat(300) });
  await recordHealth(id, 'healthy', null, LATE);
  expect(await failing()).toBeNull();
});

test('only the key it is about changes, and what is no stored key leaves nothing', async () => {
  const other = (await connectKey(ctx, { provider: 'anthropic', secret: `${SECRET}2` })).id;
  await recordHealth(id, 'failing', 'the provider answered 401');
  for (const unknown of [uuidv7(), `secret ${other}`, 'sk-ant-brought', "' OR true --"])
    await recordHealth(unknown, 'failing', 'x');
  expect([await failing(other), await db().integrationKey.count({ where: { health: 'failing' } })]).toEqual([null, 1]);
});

test('gateways learn of it with the credentials', async () => {
  const learned: [string, boolean][] = [];
  const load = () =>
    loadCredentials(
      ctx.organizationId,
      'anthropic',
      () => {},
      (...one) => learned.push(one),
    );
  await load();
  await recordHealth(id, 'failing', 'the provider answered 401');
  await load();
  expect(learned).toEqual([
    [id, false],
    [id, true],
  ]);
});

test.each([
  ['verified', () => verifyStored(ctx, id)],
  ['replaced', () => replaceKey(ctx, id, `${SECRET}-next`)],
])('a key that is %s is healthy again', async (_, act) => {
  await recordHealth(id, 'failing', 'the provider answered 401');
  await act();
  expect(await failing()).toBeNull();
});
