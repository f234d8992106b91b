import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { CONFIG_CHANNEL } from '@/lib/db/notify';
import { seal } from '@/lib/db/seal';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { startSimulator } from '@/lib/simulator/server';
import { connectKey, connectSimulator } from './connect';
import { loadCredentials } from './credentials';
import { removeKey, renameKey, replaceKey, setWeight, verifyStored } from './mutations';
import { listIntegrations } from './queries';

const SECRET = 'sk-ant-api03-canary-0123456789abcdef-WXYZ';
// The simulator answers keys that have "revoked" in them as Anthropic answers revoked ones.
const REFUSED = 'sk-ant-api03-revoked-0123456789abcdef';

let database: TestDatabase;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let ctx: Context;
let other: Context;
const report = (message: string) => reports.push(message);
let reports: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startSimulator({ port: 0 });
});
afterAll(async () => {
  await simulator.close();
  await database.drop();
});
beforeEach(async () => {
  provideEnv({ ANTHROPIC_BASE_URL: simulator.url, SIMULATOR_URL: simulator.url, SIMULATOR: 'on' });
  reports = [];
  ctx = await newContext('owner');
  other = await newContext('owner');
});

async function newContext(role: Role, organizationId = uuidv7()): Promise<Context> {
  const create = { id: organizationId, name: 'Acme' };
  await db().organization.upsert({ where: { id: organizationId }, create, update: {} });
  return brandContext({ organizationId, userId: uuidv7(), role });
}

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`);
  expect(JSON.stringify([error.message, error.fields])).not.toContain('canary');
  return error;
}

const connect = (as = ctx, secret = SECRET) => connectKey(as, { provider: 'anthropic', secret });
const credentials = (as = ctx) => loadCredentials(as.organizationId, 'anthropic', report);
const keysOf = async (as = ctx) => (await listIntegrations(as)).providers[0]?.keys ?? [];

describe('connecting a key', () => {
  test('asks the provider, keeps the secret sealed and shows only the last four', async () => {
    const view = await connectKey(ctx, { provider: 'anthropic', name: 'main', secret: `  ${SECRET}\n` });
    expect(view).toMatchObject({ name: 'main', lastFour: 'WXYZ', simulated: false, weight: 100 });
    expect(view.verifiedAt).toBeInstanceOf(Date);
    expect(JSON.stringify([view, await listIntegrations(ctx)])).not.toContain('canary');
    const row = await db().integrationKey.findFirstOrThrow({ where: { id: view.id }, omit: { secretSealed: false } });
    expect(Buffer.from(row.secretSealed).includes('canary')).toBe(false);
    expect(await credentials()).toEqual([
      {
        source: 'integration',
        provider: 'anthropic',
        id: view.id,
        secret: SECRET,
        lastFour: 'WXYZ',
        baseUrl: null,
        simulated: false,
        weight: 100,
        availableModels: [],
        excludeModels: [],
      },
    ]);
  });

  test('a key the provider refuses is not kept, and the words belong to the field', async () => {
    const error = await refusal(connect(ctx, REFUSED));
    expect(error.code).toBe('provider_refused');
    expect(error.fields.secret).toMatch(/refused this key \(401\)/);
    expect(await keysOf()).toEqual([]);
  });

  test('nothing is kept while the provider is out of reach', async () => {
    provideEnv({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' });
    expect((await refusal(connect())).code).toBe('unavailable');
    expect(await keysOf()).toEqual([]);
  });

  test.each([
    ['', /Paste an Anthropic API key/],
    ['abcd1234.abcdefghijklmnopqrstuvwxyz012345', /This is a Respan key/],
    ['sk-proj-0123456789', /begins with sk-ant-/],
    ['sk-ant-short', /not a whole Anthropic key/],
    ['sk-ant-api03-canary 0123456789\r\nx-evil: 1', /not a whole Anthropic key/],
  ])('%j is turned away before anything is sent', async (secret, message) => {
    provideEnv({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' });
    const error = await refusal(connect(ctx, secret));
    expect(error.code).toBe('invalid_input');
    expect(error.fields.secret).toMatch(message);
  });
});

describe('a stored key', () => {
  test('is replaced only by one that the provider accepts', async () => {
    const { id } = await connect();
    expect((await refusal(replaceKey(ctx, id, REFUSED))).code).toBe('provider_refused');
    expect((await credentials())[0]?.secret).toBe(SECRET);
    await replaceKey(ctx, id, `${SECRET}-next-9999`);
    expect((await credentials())[0]).toMatchObject({ id, secret: `${SECRET}-next-9999`, lastFour: '9999' });
  });

  test('loses its verified mark when the provider no longer accepts it, and keeps it when it can not be asked', async () => {
    const { id } = await connect();
    provideEnv({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' });
    expect((await refusal(verifyStored(ctx, id))).code).toBe('unavailable');
    expect((await keysOf())[0]?.verifiedAt).not.toBeNull();

    provideEnv({ ANTHROPIC_BASE_URL: simulator.url });
    const later = await keysOf();
    await verifyStored(ctx, id);
    expect((await keysOf())[0]?.verifiedAt?.getTime()).toBeGreaterThanOrEqual(later[0]?.verifiedAt?.getTime() ?? 0);

    const secretSealed = seal(REFUSED, { organizationId: ctx.organizationId, rowId: id });
    await db().integrationKey.updateMany({ where: { id }, data: { secretSealed } });
    expect((await refusal(verifyStored(ctx, id))).code).toBe('provider_refused');
    expect((await keysOf())[0]?.verifiedAt).toBeNull();
  });

  test('is renamed, weighted and removed', async () => {
    const { id } = await connect();
    await renameKey(ctx, id, 'batch');
    await setWeight(ctx, id, 0);
    expect((await keysOf())[0]).toMatchObject({ name: 'batch', weight: 0 });
    expect((await credentials())[0]?.weight).toBe(0);
    await removeKey(ctx, id);
    expect(await keysOf()).toEqual([]);
    expect(await credentials()).toEqual([]);
    expect((await refusal(removeKey(ctx, id))).code).toBe('not_found');
  });

  test('that no longer opens is left out and reported; alone, it is an error', async () => {
    const broken = await connect();
    await db().integrationKey.updateMany({ where: { id: broken.id }, data: { secretSealed: new Uint8Array(60) } });
    expect((await refusal(credentials())).message).toMatch(/Replace it/);
    const good = await connect();
    reports = [];
    expect((await credentials()).map((credential) => credential.id)).toEqual([good.id]);
    expect(reports).toEqual([expect.stringContaining(broken.id)]);
  });
});

describe('who may do what', () => {
  test("another organization's key is not found, and stays as it was", async () => {
    const { id } = await connect();
    for (const attempt of [
      () => renameKey(other, id, 'x'),
      () => setWeight(other, id, 1),
      () => replaceKey(other, id, SECRET),
      () => verifyStored(other, id),
      () => removeKey(other, id),
    ]) {
      expect((await refusal(attempt())).code).toBe('not_found');
    }
    expect(await keysOf(other)).toEqual([]);
    expect(await credentials(other)).toEqual([]);
    expect((await keysOf())[0]).toMatchObject({ id, weight: 100, lastFour: 'WXYZ' });
  });

  test('a viewer looks and changes nothing', async () => {
    const { id } = await connect();
    const viewer = await newContext('viewer', ctx.organizationId);
    for (const attempt of [
      () => connect(viewer),
      () => connectSimulator(viewer),
      () => renameKey(viewer, id, 'x'),
      () => setWeight(viewer, id, 1),
      () => replaceKey(viewer, id, SECRET),
      () => verifyStored(viewer, id),
      () => removeKey(viewer, id),
    ]) {
      expect((await refusal(attempt())).code).toBe('forbidden');
    }
    expect(await keysOf(viewer)).toHaveLength(1);
  });
});

describe('the simulator', () => {
  test('is connected once, with a credential that leads to it', async () => {
    const first = await connectSimulator(ctx);
    expect((await connectSimulator(ctx)).id).toBe(first.id);
    const atOnce = await Promise.all([connectSimulator(other), connectSimulator(other), connectSimulator(other)]);
    expect(new Set(atOnce.map(({ id }) => id)).size).toBe(1);
    expect(first).toMatchObject({ simulated: true, provider: 'anthropic' });
    const found = await credentials();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ simulated: true, baseUrl: simulator.url });
    expect(found[0]?.secret).toMatch(/^sk-ant-simulated-/);
    await verifyStored(ctx, first.id);
    expect((await refusal(replaceKey(ctx, first.id, SECRET))).code).toBe('invalid_input');
    expect((await listIntegrations(ctx)).simulator).toMatchObject({ available: true, key: { id: first.id } });
  });

  test('never answers in place of a real key, not even of one out of rotation', async () => {
    await connectSimulator(ctx);
    const { id } = await connect();
    await setWeight(ctx, id, 0);
    expect((await credentials()).map((credential) => credential.id)).toEqual([id]);
  });

  test('can not be connected where there is none, and its credential is not used then', async () => {
    await connectSimulator(ctx);
    provideEnv({ SIMULATOR: 'off' });
    expect((await refusal(connectSimulator(other))).code).toBe('invalid_input');
    expect(await credentials()).toEqual([]);
    expect((await listIntegrations(ctx)).simulator.available).toBe(false);
  });
});

test('every change tells the gateways whose credentials to read again', async () => {
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  const heard: (string | undefined)[] = [];
  listener.on('notification', (message) => heard.push(message.payload));
  await listener.query(`LISTEN ${CONFIG_CHANNEL}`);
  const { id } = await connect();
  await renameKey(ctx, id, 'x');
  await setWeight(ctx, id, 5);
  await replaceKey(ctx, id, SECRET);
  await removeKey(ctx, id);
  await expect.poll(() => heard).toEqual(Array(5).fill(`integrations:${ctx.organizationId}`));
  await listener.end();
});
