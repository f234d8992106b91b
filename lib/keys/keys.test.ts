import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { CONFIG_CHANNEL } from '@/lib/db/notify';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { AppError } from '@/lib/errors';
import { ensureKey } from './ensure';
import { findKeyBySecret } from './lookup';
import { createKey, renameKey, revokeKey, setHedging } from './mutations';
import { listKeys } from './queries';
import { touchKeys } from './touch';

let database: TestDatabase;
let ctx: Context;
let other: Context;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = await newContext('owner');
  other = await newContext('owner');
});

async function newContext(role: Role, organizationId = uuidv7()): Promise<Context> {
  const userId = uuidv7();
  await db().organization.upsert({
    where: { id: organizationId },
    create: { id: organizationId, name: 'Acme' },
    update: {},
  });
  await db().user.create({ data: { id: userId, email: `${userId}@example.com`, name: 'Ada', passwordHash: 'x' } });
  await db().membership.create({ data: { organizationId, userId, role } });
  return brandContext({ organizationId, userId, role });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
}

describe('a new key', () => {
  test('works at once, names its environment and is stored without its secret', async () => {
    const { key, secret } = await createKey(ctx, { name: 'prod-web', environment: 'production' });
    expect(secret).toMatch(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/);
    expect(key).toMatchObject({ name: 'prod-web', environment: 'production', createdBy: 'Ada', state: 'active' });
    expect(secret.startsWith(`${key.prefix}.`)).toBe(true);
    expect(await findKeyBySecret(secret)).toEqual({
      organizationId: ctx.organizationId,
      apiKeyId: key.id,
      environment: 'production',
      hedges: false,
      expiresAt: null,
    });

    const half = secret.slice(9);
    const row = await db().$queryRaw`SELECT k::text AS row FROM "ApiKey" k WHERE "id" = ${key.id}::uuid`;
    expect(JSON.stringify([key, await listKeys(ctx), row])).not.toContain(half);
    expect(JSON.stringify(await listKeys(ctx))).not.toContain('secretHash');
  });

  test('is refused when it would already be expired', async () => {
    const expiresAt = new Date(Date.now() - 1);
    expect(await codeOf(createKey(ctx, { name: 'late', environment: 'test', expiresAt }))).toBe('invalid_input');
    expect(await listKeys(ctx)).toEqual([]);
  });
});

describe('a presented key', () => {
  test('is nobody when the secret differs in one character, is cut, or has the wrong form', async () => {
    const { secret } = await createKey(ctx, { name: 'k', environment: 'test' });
    const last = secret.endsWith('a') ? 'b' : 'a';
    for (const wrong of [
      `${secret.slice(0, -1)}${last}`,
      secret.slice(0, -1),
      `${secret}a`,
      secret.replace('.', ''),
      '',
    ]) {
      expect(await findKeyBySecret(wrong)).toBeNull();
    }
    expect(await findKeyBySecret(` ${secret}\n`)).not.toBeNull();
  });

  test('is nobody once it has expired', async () => {
    const { key, secret } = await createKey(ctx, {
      name: 'k',
      environment: 'test',
      expiresAt: new Date(Date.now() + 60_000),
    });
    expect((await findKeyBySecret(secret))?.expiresAt).toEqual(key.expiresAt);
    await db().apiKey.updateMany({ where: { id: key.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await findKeyBySecret(secret)).toBeNull();
    expect((await listKeys(ctx))[0]?.state).toBe('expired');
  });

  test('is nobody once it was revoked, and revoking again keeps the first time', async () => {
    const { key, secret } = await createKey(ctx, { name: 'k', environment: 'test' });
    await revokeKey(ctx, key.id);
    expect(await findKeyBySecret(secret)).toBeNull();
    const first = await db().apiKey.findFirstOrThrow({ where: { id: key.id } });
    await revokeKey(ctx, key.id);
    expect((await db().apiKey.findFirstOrThrow({ where: { id: key.id } })).revokedAt).toEqual(first.revokedAt);
    expect((await listKeys(ctx))[0]?.state).toBe('revoked');
  });
});

describe('who may do what', () => {
  test("another organization's key is not found, and stays as it was", async () => {
    const { key, secret } = await createKey(ctx, { name: 'mine', environment: 'production' });
    expect(await codeOf(renameKey(other, key.id, 'theirs'))).toBe('not_found');
    expect(await codeOf(setHedging(other, key.id, true))).toBe('not_found');
    expect(await codeOf(revokeKey(other, key.id))).toBe('not_found');
    expect(await listKeys(other)).toEqual([]);
    expect(await findKeyBySecret(secret)).not.toBeNull();
    expect((await listKeys(ctx))[0]).toMatchObject({ name: 'mine', hedges: false });
  });

  test('a viewer looks and changes nothing; a developer may', async () => {
    const { key } = await createKey(ctx, { name: 'k', environment: 'production' });
    const viewer = await newContext('viewer', ctx.organizationId);
    expect(await codeOf(createKey(viewer, { name: 'no', environment: 'test' }))).toBe('forbidden');
    expect(await codeOf(renameKey(viewer, key.id, 'no'))).toBe('forbidden');
    expect(await codeOf(setHedging(viewer, key.id, true))).toBe('forbidden');
    expect(await codeOf(revokeKey(viewer, key.id))).toBe('forbidden');
    expect(await listKeys(viewer)).toHaveLength(1);
    const developer = await newContext('developer', ctx.organizationId);
    await renameKey(developer, key.id, 'renamed');
    expect((await listKeys(developer))[0]?.name).toBe('renamed');
  });
});

test('hedging is switched on and off, and the gateways learn of it with the key', async () => {
  const { key, secret } = await createKey(ctx, { name: 'k', environment: 'production' });
  await setHedging(ctx, key.id, true);
  expect(await findKeyBySecret(secret)).toMatchObject({ apiKeyId: key.id, hedges: true });
  expect((await listKeys(ctx))[0]?.hedges).toBe(true);
  await setHedging(ctx, key.id, false);
  expect(await findKeyBySecret(secret)).toMatchObject({ hedges: false });
});

test('every change tells the gateways which key to forget', async () => {
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  const heard: string[] = [];
  listener.on('notification', (message) => heard.push(`${message.channel} ${message.payload}`));
  await listener.query(`LISTEN ${CONFIG_CHANNEL}`);
  const { key } = await createKey(ctx, { name: 'k', environment: 'test' });
  await renameKey(ctx, key.id, 'k2');
  await setHedging(ctx, key.id, true);
  await revokeKey(ctx, key.id);
  await codeOf(revokeKey(other, key.id));
  await expect.poll(() => heard).toEqual(Array(4).fill(`respan_config key:${key.prefix}`));
  await listener.end();
});

test('touching keeps the latest use, in any order and for many keys at once', async () => {
  const a = (await createKey(ctx, { name: 'a', environment: 'test' })).key;
  const b = (await createKey(other, { name: 'b', environment: 'test' })).key;
  const use = (owner: Context, key: { id: string }, usedAt: Date) => ({
    organizationId: owner.organizationId,
    apiKeyId: key.id,
    usedAt,
  });
  const [early, late] = [new Date('2026-11-22T10:00:00.000Z'), new Date('2026-11-22T10:00:01.500Z')];
  await touchKeys([use(ctx, a, late), use(ctx, a, early), use(other, b, early)]);
  await touchKeys([use(ctx, a, early), use(other, a, new Date())]);
  await touchKeys([]);
  expect((await listKeys(ctx))[0]?.lastUsedAt).toEqual(late);
  expect((await listKeys(other))[0]?.lastUsedAt).toEqual(early);
});

describe('the initial key', () => {
  const presented = () => `${uuidv7().replaceAll('-', '').slice(-8)}.${'s'.repeat(32)}`;

  test('is made once, and left alone afterwards, revoked or not', async () => {
    const wanted = { organizationId: ctx.organizationId, presented: presented() };
    expect(await ensureKey(wanted)).toEqual({ created: true });
    expect(await findKeyBySecret(wanted.presented)).toMatchObject({ organizationId: ctx.organizationId });
    const key = (await listKeys(ctx))[0];
    expect(key).toMatchObject({ createdBy: null, environment: 'production' });
    await revokeKey(ctx, key?.id ?? '');
    expect(await ensureKey(wanted)).toEqual({ created: false });
    expect(await findKeyBySecret(wanted.presented)).toBeNull();
  });

  test('never takes over a key of another organization, and tells no secret', async () => {
    const wanted = { organizationId: ctx.organizationId, presented: presented() };
    await ensureKey(wanted);
    const error = await ensureKey({ ...wanted, organizationId: other.organizationId }).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(/prefix of another key/);
    expect(String(error)).not.toContain(wanted.presented.slice(9));
  });
});
