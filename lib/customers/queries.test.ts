import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sample, writeRollups } from '@/lib/analytics/testing';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { getCustomer, listCustomers } from './queries';
import { CUSTOMERS_A_PAGE, type CustomerFilters, customerFilters } from './schema';

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

const NOW = new Date('2026-03-10T12:30:20Z');
const filters = (over: Partial<CustomerFilters> = {}) => ({ ...customerFilters.parse({}), ...over });
const list = (over: Partial<CustomerFilters> = {}, as = ctx) => listCustomers(as, filters(over), NOW);
const write = (customer: string, at: string, more: Partial<Sample> = {}, as = ctx) =>
  writeRollups(as.organizationId, { at, customer, ...more });

/** Ada is there today and three days ago, Grace last month, Alan was in January and in tests. */
async function people(): Promise<void> {
  const counts = {
    inputTokens: 100,
    outputTokens: 20,
    cacheReadTokens: 7,
    cacheWrite5mTokens: 2,
    cacheWrite1hTokens: 1,
  };
  await write('ada', '2026-03-10T11:10:00Z', { requests: 3, costNanoUsd: 5_000_000_000n, counts });
  await write('ada', '2026-03-07T09:00:00Z', { requests: 2, counts: { errorsProvider: 1 }, costNanoUsd: 1n });
  await write('grace', '2026-02-20T09:00:00Z', { requests: 9, costNanoUsd: 2_000_000_000n });
  await write('alan', '2026-01-15T09:00:00Z', { costNanoUsd: 9_000_000_000n });
  await write('alan', '2026-03-10T11:00:00Z', { environment: 'test' });
  await db().customer.create({
    data: { organizationId: ctx.organizationId, identifier: 'grace', name: 'Grace Hopper', email: 'grace@example.com' },
  });
}
const names = ({ rows }: Awaited<ReturnType<typeof list>>) => rows.map(({ customer }) => customer);

describe('the list', () => {
  test('adds up what each did in the range', async () => {
    await people();
    const { rows, count, environment } = await list();
    expect([count, environment]).toEqual([2, 'production']);
    expect(rows).toEqual([
      {
        ...{ customer: 'ada', name: null, email: null, requests: 5, errors: 1, tokens: 130 },
        ...{ costNanoUsd: '5000000001', unpricedRequests: 0, activeDays: 2 },
        lastActive: new Date('2026-03-10T11:00:00Z'),
      },
      expect.objectContaining({
        ...{ customer: 'grace', name: 'Grace Hopper', requests: 9, activeDays: 1 },
        lastActive: new Date('2026-02-20T00:00:00Z'),
      }),
    ]);
    expect(names(await list({ range: '24h' }))).toEqual(['ada']);
    expect(names(await list({ range: '90d' }))).toEqual(['alan', 'ada', 'grace']);
    expect(names(await list({ environment: 'test' }))).toEqual(['alan']);
  });

  test('is sorted and searched, by name and address too, as written', async () => {
    await people();
    await write('100%_sure', '2026-03-10T11:00:00Z');
    expect(names(await list({ sort: 'requests' }))[0]).toBe('grace');
    expect(names(await list({ sort: 'customer' }))).toEqual(['100%_sure', 'ada', 'grace']);
    expect(names(await list({ sort: 'last_active' })).at(-1)).toBe('grace');
    expect(names(await list({ q: 'HOPPER' }))).toEqual(['grace']);
    expect(names(await list({ q: '@example' }))).toEqual(['grace']);
    expect(names(await list({ q: '%_' }))).toEqual(['100%_sure']);
    expect(names(await list({ q: "'; --" }))).toEqual([]);
    expect(names(await list({ q: '\0' }))).toEqual([]);
  });

  test('is divided into pages', async () => {
    const all = Array.from({ length: CUSTOMERS_A_PAGE + 3 }, (_, n) => `customer-${String(n).padStart(3, '0')}`);
    for (const customer of all) await write(customer, '2026-03-10T11:00:00Z');
    const [first, second] = [await list(), await list({ page: 2 })];
    expect([first.count, first.rows.length, second.rows.length]).toEqual([53, 50, 3]);
    expect([...names(first), ...names(second)]).toEqual(all);
  });

  test('has its figures above it', async () => {
    await people();
    expect((await list()).figures).toEqual({
      ...{ customers: 3, monthlyActive: 2, dailyActive: 1, newCustomers: 2 },
      ...{ requestsADay: 14 / 3, monthlyCostEachNanoUsd: '3500000001' },
    });
    expect((await list({}, other)).figures).toEqual({
      ...{ customers: 0, monthlyActive: 0, dailyActive: 0, newCustomers: 0 },
      ...{ requestsADay: null, monthlyCostEachNanoUsd: null },
    });
  });
});

describe('one customer', () => {
  test('has a course over the range, and is there when the range has nothing', async () => {
    await people();
    const ada = await getCustomer(ctx, 'ada', { range: '7d', environment: undefined }, NOW);
    expect(ada).toMatchObject({
      ...{ customer: 'ada', requests: 5, bucketWidth: 'day', firstSeen: new Date('2026-03-07T00:00:00Z'), logs: null },
      ...{
        requestsOverTime: [0, 0, 0, 2, 0, 0, 3],
        errorsOverTime: [0, 0, 0, 1, 0, 0, 0],
        tokensOverTime: [0, 0, 0, 0, 0, 0, 130],
      },
      costOverTime: [0, 0, 0, 0.000000001, 0, 0, 5],
    });
    expect(ada.buckets.at(-1)).toBe(Date.parse('2026-03-10T00:00:00Z'));
    const grace = await getCustomer(ctx, 'grace', { range: '24h', environment: undefined }, NOW);
    expect(grace).toMatchObject({ requests: 0, name: 'Grace Hopper', lastActive: new Date('2026-02-20T00:00:00Z') });
    expect([grace.buckets.length, grace.bucketWidth]).toEqual([24, 'hour']);
  });

  test('of another organization is not found, and not listed', async () => {
    await people();
    const asked = { range: '30d', environment: undefined } as const;
    await expect(getCustomer(other, 'ada', asked, NOW)).rejects.toMatchObject({ code: 'not_found' });
    for (const nobody of ['nobody', 'no\0body'])
      await expect(getCustomer(ctx, nobody, asked, NOW)).rejects.toMatchObject({ code: 'not_found' });
    await write('ada', '2026-03-10T11:00:00Z', {}, other);
    expect((await list({}, other)).rows).toMatchObject([{ customer: 'ada', requests: 1 }]);
    expect((await getCustomer(other, 'ada', asked, NOW)).requests).toBe(1);
  });
});
