import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { findKeyBySecret } from './lookup';
import { playgroundKey } from './playground';
import { playgroundKeyId } from './playground-id';
import { listKeys } from './queries';

let database: TestDatabase;
let ctx: Context;
beforeAll(async () => {
  process.env.ENCRYPTION_KEY ??= 'ab'.repeat(32);
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = await newContext('developer');
});

async function newContext(role: Role): Promise<Context> {
  const [organizationId, userId] = [uuidv7(), uuidv7()];
  await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
  await db().user.create({ data: { id: userId, email: `${userId}@example.com`, name: 'Ada', passwordHash: 'x' } });
  await db().membership.create({ data: { organizationId, userId, role } });
  return brandContext({ organizationId, userId, role });
}

test('it is the organization that calls, for ten minutes, and the keys page does not show it', async () => {
  const secret = await playgroundKey(ctx);
  const owner = await findKeyBySecret(secret);
  expect(owner).toMatchObject({
    organizationId: ctx.organizationId,
    apiKeyId: playgroundKeyId(ctx.organizationId, ctx.userId ?? ''),
    environment: 'test',
  });
  const left = (owner?.expiresAt?.getTime() ?? 0) - Date.now();
  expect(left).toBeGreaterThan(9 * 60_000);
  expect(left).toBeLessThanOrEqual(10 * 60_000);
  expect(await listKeys(ctx)).toEqual([]);
});

test('runs side by side share one key, however they race for it', async () => {
  const secrets = await Promise.all(Array.from({ length: 4 }, () => playgroundKey(ctx)));
  expect(new Set(secrets).size).toBe(1);
  expect(await db().apiKey.count({ where: { organizationId: ctx.organizationId } })).toBe(1);
});

test('one that is about to end, was revoked, or was made under another ENCRYPTION_KEY is replaced under the same id', async () => {
  const where = { organizationId: ctx.organizationId };
  for (const data of [
    { expiresAt: new Date(Date.now() + 60_000) },
    { revokedAt: new Date() },
    { secretHash: new Uint8Array(32) },
  ]) {
    const before = await playgroundKey(ctx);
    await db().apiKey.updateMany({ where, data });
    const after = await playgroundKey(ctx);
    expect(after).not.toBe(before);
    expect(await findKeyBySecret(before)).toBeNull();
    expect(await findKeyBySecret(after)).toMatchObject(where);
  }
  expect(await db().apiKey.count({ where })).toBe(1);
});

test('everybody has their own; viewers and API keys have none', async () => {
  const other = await newContext('owner');
  expect(await playgroundKey(other)).not.toBe(await playgroundKey(ctx));
  await expect(playgroundKey(await newContext('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
  const program = brandContext({ organizationId: ctx.organizationId, userId: null, role: 'developer' });
  await expect(playgroundKey(program)).rejects.toMatchObject({ code: 'forbidden' });
});
