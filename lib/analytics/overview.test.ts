import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { overview } from './overview';
import { dashboardFilters } from './schema';
import { NO_KEY, type Sample, writeRollups } from './testing';

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

describe('figures', () => {
  test('add up the window and are compared with the stretch before it', async () => {
    await rollUp(
      {
        at: '2026-11-22T10:00Z',
        requests: 30,
        counts: { errorsCaller: 1, errorsProvider: 2, errorsRateLimited: 1, savedByRetry: 3, savedByFallback: 1 },
        costNanoUsd: 9_007_199_254_740_993n,
      },
      {
        at: '2026-11-22T11:00Z',
        requests: 10,
        cacheSavedNanoUsd: 7n,
        counts: { inputTokens: 100, cacheReadTokens: 300, streamedTokens: 50, streamedMs: 1000 },
      },
      { at: '2026-11-21T10:00Z', requests: 20, costNanoUsd: 5n },
    );
    const { summary } = await ask({ range: '24h' });
    expect(summary.current).toMatchObject({
      requests: 40,
      errors: 3,
      errorRate: 3 / 40,
      cacheHitRate: 0.75,
      inputTokens: 400,
      cacheSavedNanoUsd: '7',
      savedByRetry: 3,
      savedByFallback: 1,
      tokensPerSecond: 50,
      // One more than a double can hold.
      costNanoUsd: '9007199254740993',
    });
    expect(summary.previous).toMatchObject({ requests: 20, costNanoUsd: '5' });
  });

  test('are compared with nothing where nothing was', async () => {
    await rollUp({ at: '2026-11-22T10:00Z' });
    expect((await ask({ range: '24h' })).summary.previous).toBeNull();
  });

  test('leave out what lies on either side of the window', async () => {
    await rollUp({ at: '2026-11-22T13:47Z', requests: 100 }, { at: '2026-11-22T13:48Z', requests: 1 });
    const { summary } = await ask({ range: '1h' });
    expect(summary.current.requests).toBe(1);
    expect(summary.previous?.requests).toBe(100);
  });

  test('percentiles over many buckets are within one per cent of the exact ones', async () => {
    const latencies = Array.from({ length: 400 }, (_, i) => Math.round(180 * 1.015 ** i + (i % 7) * 13));
    await rollUp(
      ...[0, 1, 2, 3].map((part) => ({
        at: `2026-11-22T1${part}:05Z`,
        requests: 100,
        latenciesMs: latencies.filter((_, i) => i % 4 === part),
        ttftsMs: [400 + part],
      })),
    );
    const sorted = [...latencies].sort((a, b) => a - b);
    const { current } = (await ask({ range: '24h' })).summary;
    for (const [found, rank] of [
      [current.latencyP50Ms, 200],
      [current.latencyP95Ms, 380],
    ] as const) {
      const exact = sorted[rank - 1] ?? 0;
      expect(Math.abs((found ?? 0) - exact) / exact).toBeLessThan(0.01);
    }
    expect(current.ttftP50Ms).toBeCloseTo(401, -1);
  });
});

describe('series', () => {
  test('counts are zero and latencies are gaps where nothing happened', async () => {
    await rollUp({
      at: '2026-11-22T14:46Z',
      requests: 3,
      counts: { aborted: 1, errorsProvider: 1 },
      latenciesMs: [100],
    });
    const { volume, latency, buckets } = await ask({ range: '1h' });
    expect(buckets).toHaveLength(60);
    expect(volume.at(-2)).toMatchObject({ requests: 3, ok: 1, aborted: 1, providerErrors: 1, rateLimited: 0 });
    expect(volume.at(-3)).toMatchObject({ requests: 0, ok: 0, cacheHitRate: null });
    expect(latency.at(-2)?.p50Ms).toBeCloseTo(100, -1);
    expect(latency.at(-3)).toMatchObject({ p50Ms: null, p95Ms: null, p99Ms: null });
  });

  test('seven models are named, the rest are one series, and nothing is lost', async () => {
    await rollUp(
      ...Array.from({ length: 10 }, (_, i) => ({
        at: '2026-11-22T10:00Z',
        model: `model-${i}`,
        costNanoUsd: BigInt(i + 1) * 1_000_000_000n,
      })),
    );
    const { costBy, requestsBy, top, colors } = await ask({ range: '24h' });
    expect(costBy.map(({ id }) => id)).toEqual([...[9, 8, 7, 6, 5, 4, 3].map((i) => `model-${i}`), null]);
    const total = costBy.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo(55);
    expect(requestsBy.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0)).toBe(10);
    expect(top.model[0]).toEqual({
      id: 'model-9',
      requests: 1,
      errors: 0,
      costNanoUsd: '10000000000',
      unpricedRequests: 0,
    });
    expect(Object.keys(colors)).toHaveLength(10);
  });

  test('a day is the viewer’s day', async () => {
    // 23:30 on the 20th in New York.
    await rollUp({ at: '2026-11-21T04:30Z', requests: 5 });
    const days = (zone: string) =>
      ask({ range: '30d' }, zone).then(({ volume }) => volume.slice(-3).map(({ requests }) => requests));
    expect(await days('UTC')).toEqual([0, 5, 0]);
    expect(await days('America/New_York')).toEqual([5, 0, 0]);
  });

  test('the parts of a week add up to its total', async () => {
    await rollUp(...[16, 17, 18, 19, 20, 21, 22].map((day) => ({ at: `2026-11-${day}T09:59Z`, requests: day })));
    const { volume, summary } = await ask({ range: '7d' }, 'Asia/Kolkata');
    expect(volume.reduce((sum, point) => sum + point.requests, 0)).toBe(summary.current.requests);
    expect(summary.current.requests).toBe(133);
  });
});

describe('whose and which', () => {
  test('another organization sees nothing', async () => {
    await rollUp({ at: '2026-11-22T10:00Z', requests: 7, latenciesMs: [1] });
    const other = await ask({}, 'UTC', contextOf(uuidv7()));
    expect(other).toMatchObject({
      hasTraffic: false,
      top: { model: [], provider: [], key: [] },
      costBy: [],
      colors: {},
      failures: [],
      credentials: [],
    });
    expect(other.summary).toMatchObject({ current: { requests: 0, latencyP50Ms: null }, previous: null });
  });

  test('production is shown unless there is only test traffic', async () => {
    await rollUp({ at: '2026-11-22T10:00Z', requests: 2, environment: 'test' });
    expect(await ask()).toMatchObject({ environment: 'test', summary: { current: { requests: 2 } } });
    expect(await ask({ environment: 'production' })).toMatchObject({ environment: 'production', hasTraffic: true });
    await rollUp({ at: '2026-10-01T10:00Z', requests: 9 });
    expect(await ask()).toMatchObject({ environment: 'production', summary: { current: { requests: 0 } } });
  });

  test('filters by model and by key, and names the keys', async () => {
    const organization = await db().organization.create({ data: { id: ctx.organizationId, name: 'Acme' } });
    const key = await db().apiKey.create({
      data: {
        organizationId: organization.id,
        id: uuidv7(),
        name: 'prod-web',
        prefix: uuidv7().slice(-8),
        secretHash: Buffer.alloc(32),
        environment: 'production',
      },
    });
    const gone = uuidv7();
    await rollUp(
      { at: '2026-11-22T10:00Z', apiKeyId: key.id, costNanoUsd: 30n },
      { at: '2026-11-22T10:00Z', apiKeyId: gone, costNanoUsd: 20n },
      { at: '2026-11-22T10:00Z', model: 'claude-haiku-5-5', costNanoUsd: 10n },
    );
    const all = await ask({ by: 'key' });
    expect(all.top.key.map(({ id }) => id)).toEqual([key.id, gone, NO_KEY]);
    expect(all.costBy.map(({ id }) => id)).toEqual([key.id, gone, NO_KEY]);
    expect(all.keyNames).toEqual({ [key.id]: 'prod-web' });
    const byKey = await ask({ key: key.id });
    expect(byKey).toMatchObject({
      summary: { current: { costNanoUsd: '30' } },
      filteredBy: { key: { name: 'prod-web' } },
    });
    expect((await ask({ model: 'claude-haiku-5-5' })).summary.current.costNanoUsd).toBe('10');
  });
});

test('filters that make no sense are ignored', () => {
  expect(dashboardFilters.parse({ range: '9y', environment: ['test', 'x'], key: 'x', model: '' })).toEqual({
    range: '24h',
    environment: 'test',
    by: 'model',
  });
});
