import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disconnect } from './db/client';
import { createTestDatabase, type TestDatabase } from './db/testing';
import { provideEnv } from './env';
import { type ComposedGateway, composeGateway } from './gateway-ports';

let database: TestDatabase;
let composed: ComposedGateway;
let dir = '';
beforeAll(async () => {
  database = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'respan-ports-'));
  composed = await composeGateway(database.url, dir);
});
afterAll(async () => {
  provideEnv({ DATABASE_URL: database.url });
  await disconnect();
  await composed.close();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

test('credits whose database is away say so, and what they were', async () => {
  const organizationId = uuidv7();
  const { credits } = composed.ports;
  const hold = () => ({ organizationId, id: uuidv7(), neededNanoUsd: 1n, wantedNanoUsd: 1n });
  expect(await credits.balance(organizationId)).toBe(0n);
  expect(await credits.reserve(hold)).toMatchObject({ grantedNanoUsd: null });
  await disconnect();
  provideEnv({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' });
  for (const asked of [() => credits.balance(organizationId), () => credits.reserve(hold)])
    await expect(asked()).rejects.toMatchObject({ name: 'GatewayError', code: 'unavailable', status: 503 });
});
