import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { AttemptFacts } from '@/lib/logs/rollup-facts';
import { overview } from './overview';
import { dashboardFilters } from './schema';
import { NO_KEY, type Sample, writeRollups } from './testing';
import { topCustomers } from './top-customers';

const NOW = new Date('2026-11-22T14:47:31Z');

let database: TestDatabase;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  ctx = contextOf(uuidv7());
});

function contextOf(organizationId: string): Context {
  return brandContext({ organizationId, userId: null, role: 'viewer' });
}

function rollUp(...samples: Sample[]): Promise<void> {
  return writeRollups(ctx.organizationId, ...samples);
}

function ask(filters: Record<string, string> = {}, timeZone = 'UTC', who = ctx) {
  return overview(who, { ...dashboardFilters.parse(filters), timeZone }, NOW);
}

describe('every range, filter and breakdown', () => {
  const OTHER_KEY = uuidv7();
  const wanted = [
    ...['1h', '24h', '7d', '30d'].flatMap((range) => ['model', 'provider', 'key'].map((by) => ({ range, by }))),
  ];

  test.each(wanted)(
    'of $range by $by reads the same requests from whichever rollup holds them',
    async ({ range, by }) => {
      const samples = ['2026-11-22T14:40Z', '2026-11-22T09:10Z', '2026-11-18T23:50Z', '2026-11-01T00:20Z'];
      const within = { '1h': 1, '24h': 2, '7d': 3, '30d': 4 }[range] ?? 0;
      await rollUp(
        ...samples.flatMap((at) => [
          { at, requests: 2, model: 'a', apiKeyId: OTHER_KEY, costNanoUsd: 1n, latenciesMs: [100, 200] },
          { at, requests: 3, model: 'b', apiKeyId: OTHER_KEY, costNanoUsd: 2n, latenciesMs: [300] },
          { at, requests: 4, model: 'a', provider: 'openai', costNanoUsd: 4n, latenciesMs: [400] },
        ]),
      );
      for (const [filter, requests, cost] of [
        [{}, 9, 7],
        [{ model: 'a' }, 6, 5],
        [{ key: OTHER_KEY }, 5, 3],
        [{ model: 'a', key: OTHER_KEY }, 2, 1],
      ] as const) {
        for (const zone of ['UTC', 'Asia/Kolkata']) {
          const found = await ask({ range, by, ...filter }, zone);
          expect(found.summary.current).toMatchObject({
            requests: requests * within,
            costNanoUsd: String(cost * within),
          });
          expect(found.summary.current.latencyP50Ms).not.toBeNull();
          for (const parts of [
            found.requestsBy.flatMap(({ values }) => values),
            found.volume.map((one) => one.requests),
          ]) {
            expect(parts.reduce((sum, value) => sum + value, 0)).toBe(requests * within);
          }
          for (const ranked of Object.values(found.top)) {
            expect(ranked.reduce((sum, row) => sum + row.requests, 0)).toBe(requests * within);
          }
          const banded = found.latency.flatMap(({ bands }) => bands).reduce((sum, n) => sum + n, 0);
          expect(banded).toBe({ 9: 4, 6: 3, 5: 3, 2: 2 }[requests] * within);
        }
      }
    },
  );
});

test('a day is compared with the day before it to the minute', async () => {
  await rollUp({ at: '2026-11-22T14:00Z', requests: 1 }, { at: '2026-11-21T14:46Z', requests: 10 });
  await rollUp({ at: '2026-11-21T14:48Z', requests: 100 }, { at: '2026-11-21T13:00Z', requests: 1000 });
  expect((await ask({ range: '24h' })).summary.previous?.requests).toBe(1010);
});

test('failures are counted by whose fault they were and by status code', async () => {
  const failed = (outcome: string, requests: number) => ({ at: '2026-11-22T14:30Z', outcome, requests });
  await rollUp(failed('provider/529', 3), failed('caller/400', 5), failed('ok/200', 50), failed('aborted/499', 2));
  for (const range of ['1h', '24h', '30d']) {
    expect((await ask({ range })).failures).toEqual([
      { cause: 'caller', statusCode: 400, requests: 5 },
      { cause: 'provider', statusCode: 529, requests: 3 },
    ]);
  }
});

test('attempts are shown by credential, busiest first, also those that a retry saved', async () => {
  const credential = uuidv7();
  await db().organization.create({ data: { id: ctx.organizationId, name: 'Acme' } });
  await db().integrationKey.create({
    data: {
      ...{ organizationId: ctx.organizationId, id: credential, provider: 'anthropic', name: 'main' },
      ...{ secretSealed: Buffer.alloc(1), lastFour: 'x9QA' },
    },
  });
  const tried = (credentialId: string, fault: AttemptFacts['fault']): AttemptFacts => ({
    ...{ provider: 'anthropic', credentialId, fault },
  });
  await rollUp(
    { at: '2026-11-22T14:30Z', attempts: [tried(credential, 'rateLimited'), tried(credential, null)] },
    { at: '2026-11-22T14:31Z', attempts: [tried(credential, 'overloaded'), tried(NO_KEY, 'connectionErrors')] },
  );
  const { credentials } = await ask({ range: '24h' });
  expect(credentials.map(({ name, lastFour, credentialId }) => [name, lastFour, credentialId])).toEqual([
    ['main', 'x9QA', credential],
    ['Caller’s own', null, null],
  ]);
  const last = (values: readonly number[] | undefined) => values?.at(-1);
  const [main, own] = credentials;
  expect([main?.attempts, main?.rateLimited, main?.overloaded, main?.failed].map(last)).toEqual([3, 1, 1, 0]);
  expect([own?.attempts, own?.failed].map(last)).toEqual([1, 1]);
});

describe('customers', () => {
  test('are ranked by what they cost', async () => {
    await rollUp(
      { at: '2026-11-22T14:30Z', customer: 'ada', requests: 3, costNanoUsd: 5n },
      { at: '2026-11-03T14:30Z', customer: 'bob', requests: 2, costNanoUsd: 50n, counts: { errorsCaller: 1 } },
      { at: '2026-11-22T14:30Z' },
    );
    const top = (filters: Record<string, string>, who = ctx) =>
      topCustomers(who, { ...dashboardFilters.parse(filters), timeZone: 'UTC' }, NOW).then(({ rows }) => rows);
    expect(await top({ range: '30d' })).toEqual([
      { id: 'bob', requests: 2, errors: 1, costNanoUsd: '50', unpricedRequests: 0 },
      { id: 'ada', requests: 3, errors: 0, costNanoUsd: '5', unpricedRequests: 0 },
    ]);
    for (const range of ['1h', '24h']) expect((await top({ range })).map(({ id }) => id)).toEqual(['ada']);
    const hour = await topCustomers(ctx, { ...dashboardFilters.parse({ range: '1h' }), timeZone: 'UTC' }, NOW);
    expect(hour.since).toBe(Date.parse('2026-11-22T13:00Z'));
    expect(await top({ range: '30d', model: 'claude-opus-5-5' })).toEqual([]);
    expect(await top({ range: '30d' }, contextOf(uuidv7()))).toEqual([]);
  });
});
