import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db, pool } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { getLog } from './detail';
import { logFacets } from './facets';
import { firstIdAt } from './partitions';
import { listLogs } from './queries';
import { factsOf } from './rollup-facts';
import { rollUp } from './rollups';
import { addToRollups } from './rollups-write';
import { logFilters } from './schema';
import { logRecord } from './testing';

const NOW = new Date('2026-11-22T14:47:31Z');
const MINUTE_MS = 60_000;

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

let serial = 0;

/** The id of a request `minutes` before now; each call's is larger than the one before at the same minute. */
function idAt(minutes: number): string {
  serial += 1;
  const first = firstIdAt(new Date(NOW.getTime() - minutes * MINUTE_MS));
  return `${first.slice(0, -12)}${serial.toString(16).padStart(12, '0')}`;
}

async function write(minutesAgo: number, values: Record<string, unknown> = {}): Promise<string> {
  const id = idAt(minutesAgo);
  await db().requestLog.create({
    data: {
      organizationId: ctx.organizationId,
      id,
      environment: 'production',
      simulated: false,
      logMethod: 'inference',
      logType: 'chat',
      endpoint: '/api/anthropic/v1/messages',
      provider: 'anthropic',
      requestedModel: 'claude-opus-5-5',
      model: 'claude-opus-5-5',
      stream: true,
      status: 'success',
      statusCode: 200,
      startedAt: new Date(NOW.getTime() - minutesAgo * MINUTE_MS),
      usageEstimated: false,
      untouched: true,
      alterations: [],
      warnings: [],
      attemptCount: 1,
      ...values,
    },
  });
  return id;
}

async function list(url: Record<string, string> = {}, who = ctx) {
  return listLogs(who, logFilters.parse({ environment: 'production', ...url }), NOW);
}

async function idsOf(url: Record<string, string> = {}): Promise<string[]> {
  return (await list(url)).rows.map(({ id }) => id);
}

describe('paging', () => {
  test('older pages hold every log once, while new ones arrive', async () => {
    const written: string[] = [];
    for (let i = 0; i < 120; i++) written.unshift(await write(60));
    const seen: string[] = [];
    let page = await list();
    expect(page.newer).toBeNull();
    for (;;) {
      seen.push(...page.rows.map(({ id }) => id));
      await write(1);
      if (!page.older) break;
      page = await list({ older: page.older });
    }
    expect(seen).toEqual(written);
  });

  test('back leads over the same pages, and the last step is the first page as it is now', async () => {
    for (let i = 0; i < 130; i++) await write(60);
    const first = await list();
    const second = await list({ older: first.older ?? '' });
    const third = await list({ older: second.older ?? '' });
    expect(third.rows).toHaveLength(30);
    const back = await list({ newer: third.newer ?? '' });
    expect(back.rows).toEqual(second.rows);
    const arrived = await write(1);
    const start = await list({ newer: back.newer ?? '' });
    // 51 are newer than the second page now: the fifty next to it come first.
    expect(start.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
    const top = await list({ newer: start.newer ?? '' });
    expect(top).toMatchObject({ newer: null });
    expect(top.rows[0]?.id).toBe(arrived);
    expect(top.rows).toHaveLength(50);
  });

  test('a full last page says that it is the last', async () => {
    for (let i = 0; i < 50; i++) await write(60);
    expect(await list()).toMatchObject({ older: null, newer: null });
  });
});

describe('filters', () => {
  test('by model, status, cause, key and environment', async () => {
    const keyId = uuidv7();
    const opus = await write(5, { apiKeyId: keyId });
    const failed = await write(4, { status: 'error', statusCode: 529, errorCause: 'provider', model: null });
    const haiku = await write(3, { model: 'claude-haiku-5-5', status: 'aborted' });
    const trial = await write(2, { environment: 'test', simulated: true });
    expect(await idsOf()).toEqual([haiku, failed, opus]);
    expect(await idsOf({ model: 'claude-haiku-5-5' })).toEqual([haiku]);
    expect(await idsOf({ status: 'success' })).toEqual([opus]);
    expect(await idsOf({ status: 'error', cause: 'provider' })).toEqual([failed]);
    expect(await idsOf({ cause: 'caller' })).toEqual([]);
    expect(await idsOf({ key: keyId })).toEqual([opus]);
    expect(await idsOf({ environment: 'test' })).toEqual([trial]);
  });

  test('by time: a range that ends now, or a stretch with its end left out', async () => {
    const old = await write(26 * 60);
    const edge = await write(30);
    const recent = await write(29);
    expect(await idsOf()).toEqual([recent, edge]);
    expect(await idsOf({ range: '7d' })).toEqual([recent, edge, old]);
    const at = NOW.getTime() - 30 * MINUTE_MS;
    expect(await idsOf({ from: String(at), to: String(at + MINUTE_MS) })).toEqual([edge]);
    expect(await idsOf({ to: String(at) })).toEqual([old]);
  });

  test('by any field, as a list in the URL; what makes no sense in it is ignored', async () => {
    const dear = await write(2, { costNanoUsd: 20_000_000n });
    await write(1, { costNanoUsd: 10_000_000n });
    const filters = JSON.stringify([
      { field: 'cost', operator: 'gt', value: [0.01] },
      { field: 'cost', operator: 'contains', value: [1] },
      'nonsense',
    ]);
    expect(await idsOf({ filters })).toEqual([dear]);
    expect(await idsOf({ filters: '[' })).toHaveLength(2);
  });

  test('nonsense in the URL is ignored', async () => {
    const id = await write(1);
    expect(await idsOf({ status: 'broken', older: "'; DROP TABLE", key: 'x', from: 'yesterday', range: '9y' })).toEqual(
      [id],
    );
    expect(await idsOf({ model: "' OR 1=1 --" })).toEqual([]);
  });
});

describe('rows', () => {
  test('add up the prompt, keep large amounts exact, and leave unknown unknown', async () => {
    await write(2, {
      inputTokens: 21,
      cacheReadTokens: 188_086,
      cacheWrite5mTokens: 3,
      costNanoUsd: 9_007_199_254_740_993n,
    });
    await write(1, { model: null });
    const { rows } = await list();
    expect(rows[1]).toMatchObject({ promptTokens: 188_110, costNanoUsd: '9007199254740993' });
    expect(rows[0]).toMatchObject({ promptTokens: null, costNanoUsd: null, model: 'claude-opus-5-5' });
  });

  test('facets are the models and keys of the same stretch, keys with their names', async () => {
    await db().organization.create({ data: { id: ctx.organizationId, name: 'Acme' } });
    const apiKeyId = uuidv7();
    const secret = { name: 'prod-web', prefix: apiKeyId.slice(-8), secretHash: Buffer.alloc(32) };
    await db().apiKey.create({
      data: { organizationId: ctx.organizationId, id: apiKeyId, environment: 'production', ...secret },
    });
    const record = { organizationId: ctx.organizationId, environment: 'production' } as const;
    const at = (minutesAgo: number) => NOW.getTime() - minutesAgo * MINUTE_MS;
    const recent = logRecord({ ...record, apiKeyId, model: 'claude-opus-5-5', startedAt: at(5) });
    const old = logRecord({ ...record, apiKeyId: null, model: 'claude-haiku-5-5', startedAt: at(26 * 60) });
    await addToRollups(rollUp([factsOf(recent), factsOf(old)]), pool());
    const facetsOf = async (url: Record<string, string>) => {
      const [models, keys] = await logFacets(ctx, logFilters.parse(url), ['model', 'organization_key_id'], NOW);
      return { models: models?.values.map(({ value }) => value), keys: keys?.values };
    };
    expect(await facetsOf({})).toEqual({
      models: ['claude-opus-5-5'],
      keys: [{ value: apiKeyId, label: 'prod-web', count: 1 }],
    });
    expect((await facetsOf({ range: '7d' })).models?.sort()).toEqual(['claude-haiku-5-5', 'claude-opus-5-5']);
    expect((await facetsOf({ range: 'all' })).models).toHaveLength(2);
    expect((await facetsOf({ to: String(at(60)) })).models).toEqual(['claude-haiku-5-5']);
    expect((await facetsOf({ environment: 'test' })).models).toEqual([]);
    // Counted from the logs themselves, a key still has its name.
    await write(1, { apiKeyId });
    expect((await facetsOf({ model: 'claude-opus-5-5' })).keys).toEqual([
      { value: apiKeyId, label: 'prod-web', count: 1 },
    ]);
  });
});

describe('another organization', () => {
  test('sees no row and is told there is no such log', async () => {
    const id = await write(1);
    const other = contextOf(uuidv7());
    expect((await list({}, other)).rows).toEqual([]);
    await expect(getLog(other, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getLog(ctx, id)).resolves.toMatchObject({ id });
  });

  test('neither does its payload leak', async () => {
    const id = await write(1);
    await db().requestPayload.create({ data: { organizationId: uuidv7(), id, request: 'secret' } });
    expect((await getLog(ctx, id)).payload).toBeNull();
  });
});

describe('getLog', () => {
  test.each(['', 'x', '00000000-0000-0000-0000-00000000000g', uuidv7()])('%j is not found', async (id) => {
    await expect(getLog(ctx, id)).rejects.toMatchObject({ code: 'not_found', status: 404 });
  });

  test('answers bodies, attempts, key and credential', async () => {
    await db().organization.create({ data: { id: ctx.organizationId, name: 'Acme' } });
    const apiKeyId = uuidv7();
    const credentialId = uuidv7();
    const secret = { name: 'prod-web', prefix: apiKeyId.slice(-8), secretHash: Buffer.alloc(32) };
    await db().apiKey.create({
      data: { organizationId: ctx.organizationId, id: apiKeyId, environment: 'production', ...secret },
    });
    await db().integrationKey.create({
      data: {
        organizationId: ctx.organizationId,
        id: credentialId,
        provider: 'anthropic',
        name: 'Main',
        secretSealed: Buffer.alloc(8),
        lastFour: '9xQA',
      },
    });
    const id = await write(1, {
      apiKeyId,
      credentialId,
      credentialSource: 'integration',
      credentialHint: '9xQA',
      pricing: 'odd',
    });
    const attempt = {
      provider: 'anthropic',
      model: 'claude-opus-5-5',
      credentialSource: 'integration',
      credentialId,
      credentialHint: '9xQA',
      startedAfterMs: 1,
      durationMs: 900,
      statusCode: 200,
      reason: 'first choice',
      outcome: 'ok',
    };
    const payload = { request: '{}', response: '{"ok":1}', requestHeaders: { a: 'b' }, attempts: [attempt] };
    await db().requestPayload.create({ data: { organizationId: ctx.organizationId, id, ...payload } });
    const log = await getLog(ctx, id);
    expect(log).toMatchObject({
      key: { id: apiKeyId, name: 'prod-web' },
      credential: { source: 'integration', name: 'Main', lastFour: '9xQA' },
      // Stored in a shape we do not know: left out rather than an error.
      pricing: null,
      payload: { ...payload, responseHeaders: null },
    });
    expect(JSON.stringify(log)).not.toContain('secret');
  });
});
