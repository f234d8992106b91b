import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { newestLogId } from './newest';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function addLog(organizationId: string, environment: 'production' | 'test'): Promise<string> {
  const id = uuidv7();
  await db().requestLog.create({
    data: {
      organizationId,
      id,
      environment,
      simulated: environment === 'test',
      logMethod: 'inference',
      logType: 'chat',
      endpoint: '/api/anthropic/v1/messages',
      stream: false,
      status: 'success',
      statusCode: 200,
      startedAt: new Date(),
      usageEstimated: false,
      untouched: true,
      attemptCount: 1,
      alterations: [],
      warnings: [],
    },
  });
  return id;
}

test("is the organization's own latest log, in whichever environment", async () => {
  const [mine, theirs] = [uuidv7(), uuidv7()];
  const ctx = brandContext({ organizationId: mine, userId: null, role: 'viewer' });
  await addLog(theirs, 'production');
  expect(await newestLogId(ctx)).toBeNull();
  await addLog(mine, 'production');
  const latest = await addLog(mine, 'test');
  await addLog(theirs, 'production');
  expect(await newestLogId(ctx)).toBe(latest);
});
