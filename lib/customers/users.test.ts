import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeRollups } from '@/lib/analytics/testing';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { getCustomer } from './queries';
import { changeUser, getUser } from './users';

let database: TestDatabase;
let ctx: Context;
let other: Context;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  [ctx, other] = [await newContext(), await newContext()];
});

async function newContext(): Promise<Context> {
  const organizationId = uuidv7();
  await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
  return brandContext({ organizationId, userId: uuidv7(), role: 'viewer' });
}

const KNOWN_SINCE = new Date('2026-02-20T09:00:00Z');
const know = () =>
  db().customer.create({
    data: { organizationId: ctx.organizationId, identifier: 'grace', name: 'Grace', createdAt: KNOWN_SINCE },
  });

describe('a customer that has a profile and no logs', () => {
  it('is found, with nothing used, and can be named anew', async () => {
    await know();
    expect(await getUser(ctx, 'grace')).toEqual({
      ...{ customer_identifier: 'grace', name: 'Grace', email: null },
      ...{ first_seen: KNOWN_SINCE.toISOString(), last_active_timeframe: KNOWN_SINCE.toISOString() },
      ...{ last_active: KNOWN_SINCE.toISOString(), active_days: 0, number_of_requests: 0, total_requests: 0 },
      ...{ total_tokens: 0, total_prompt_tokens: 0, total_completion_tokens: 0, total_cache_hits: 0 },
      ...{ total_cost: 0, total_usage: 0, average_monthly_cost: 0, average_latency: null, average_ttft: null },
      top_models: [],
    });
    expect(await changeUser(ctx, 'grace', { email: 'grace@example.com' })).toMatchObject({
      name: 'Grace',
      email: 'grace@example.com',
    });
  });

  it('was there when its rollups say so, and its page says that no log of it is kept', async () => {
    await know();
    for (const at of ['2026-01-15T11:00:00Z', '2026-03-10T11:00:00Z'])
      await writeRollups(ctx.organizationId, { at, customer: 'grace' });
    expect(await getUser(ctx, 'grace')).toMatchObject({
      first_seen: '2026-01-15T00:00:00.000Z',
      last_active: '2026-03-10T00:00:00.000Z',
      number_of_requests: 0,
    });
    expect((await getCustomer(ctx, 'grace', { range: '30d', environment: undefined })).logs).toBeNull();
  });

  it('is nobody in another organization', async () => {
    await know();
    await expect(getUser(other, 'grace')).rejects.toMatchObject({ code: 'not_found' });
    await expect(changeUser(other, 'grace', { name: 'G' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
