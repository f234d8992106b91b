import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { usageToday } from './credential-usage';
import { firstIdAt } from './partitions';

const NOW = new Date('2026-11-22T14:47:31Z');
const MIDNIGHT = new Date('2026-11-22T00:00:00Z');
const ctx = brandContext({ organizationId: uuidv7(), userId: null, role: 'viewer' });
const [used, shared, idle] = [uuidv7(), uuidv7(), uuidv7()];

let database: TestDatabase;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function write(at: Date, values: { organizationId?: string; credentialId: string; costNanoUsd: bigint | null }) {
  serial += 1;
  await db().requestLog.create({
    data: {
      organizationId: ctx.organizationId,
      id: `${firstIdAt(at).slice(0, -12)}${serial.toString(16).padStart(12, '0')}`,
      environment: 'production',
      simulated: false,
      logMethod: 'inference',
      logType: 'chat',
      endpoint: '/api/anthropic/v1/messages',
      stream: false,
      status: 'success',
      statusCode: 200,
      startedAt: at,
      usageEstimated: false,
      untouched: true,
      alterations: [],
      warnings: [],
      attemptCount: 1,
      ...values,
    },
  });
}

test('counts requests and cost since midnight UTC, by key, and only those of the organization', async () => {
  expect(await usageToday(ctx, [], NOW)).toEqual({});
  await write(new Date(MIDNIGHT.getTime() - 1), { credentialId: used, costNanoUsd: 1000n });
  await write(MIDNIGHT, { credentialId: used, costNanoUsd: 20_000n });
  await write(NOW, { credentialId: used, costNanoUsd: 9_007_199_254_740_993n });
  await write(NOW, { credentialId: shared, costNanoUsd: null });
  await write(NOW, { organizationId: uuidv7(), credentialId: shared, costNanoUsd: 5n });
  expect(await usageToday(ctx, [used, shared, idle], NOW)).toEqual({
    [used]: { requests: 2, costNanoUsd: '9007199254760993', unpriced: 0 },
    [shared]: { requests: 1, costNanoUsd: '0', unpriced: 1 },
  });
  expect(await usageToday(ctx, [idle], NOW)).toEqual({});
});
