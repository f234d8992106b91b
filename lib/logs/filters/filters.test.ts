import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { queryRows, sql } from '@/lib/db/sql';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { compileFilters } from './compile';
import { FILTER_FIELDS, type LogFilterInput, logFilter, OPERATORS_OF } from './schema';

let database: TestDatabase;
let ctx: Context;

/** Every log has a name here, so that a result can be read. */
const BASE = {
  environment: 'production' as const,
  simulated: false,
  logMethod: 'inference',
  logType: 'chat',
  endpoint: '/api/anthropic/v1/messages',
  provider: 'anthropic',
  stream: true,
  status: 'success',
  statusCode: 200,
  startedAt: new Date('2026-11-20T10:00:00Z'),
  usageEstimated: false,
  untouched: true,
  alterations: [],
  warnings: [],
  attemptCount: 1,
};

const ids = new Map<string, string>();

async function write(name: string, values: Record<string, unknown>, organizationId = ctx.organizationId) {
  const id = uuidv7();
  await db().requestLog.create({ data: { ...BASE, organizationId, id, customIdentifier: name, ...values } });
  ids.set(name, id);
}

beforeAll(async () => {
  database = await createTestDatabase();
  const organizationId = uuidv7();
  ctx = brandContext({ organizationId, userId: null, role: 'viewer' });
  await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
  const key = { organizationId, id: KEY_ID, name: 'prod-web', prefix: 'abcdefgh', environment: 'production' } as const;
  await db().apiKey.create({ data: { ...key, secretHash: Buffer.alloc(32) } });
  await write('opus', {
    model: 'claude-opus-5-5',
    apiKeyId: KEY_ID,
    costNanoUsd: 3_500_000n,
    latencyMs: 12_000,
    ttftMs: 2000,
    inputTokens: 100,
    cacheReadTokens: 900,
    outputTokens: 500,
    customerIdentifier: 'ada',
    promptPreview: 'What is 50% of it_all?',
    metadata: {
      tier: 'gold',
      seats: 5,
      beta: true,
      respan_fields: { prompt_id: 'p1', unique_id: 'mine-1', load_balance_group_id: 'eu' },
    },
  });
  await write('haiku', {
    model: 'claude-haiku-5-5',
    costNanoUsd: 3_500_001n,
    latencyMs: 800,
    ttftMs: null,
    inputTokens: 10,
    outputTokens: 8,
    stream: false,
    customerIdentifier: 'bob',
    promptPreview: 'What is 50 of itall?',
    metadata: { tier: 'silver', seats: '5' },
    startedAt: new Date('2026-11-21T10:00:00Z'),
  });
  await write('failed', {
    model: null,
    status: 'error',
    statusCode: 529,
    errorCause: 'provider',
    errorMessage: 'Overloaded',
    costNanoUsd: null,
    latencyMs: 90,
    warnings: ['One retry'],
    attemptCount: 2,
  });
  await write('left', { model: 'claude-haiku-5-5', status: 'aborted', statusCode: 499, environment: 'test' });
  await write('theirs', { model: 'claude-opus-5-5', customerIdentifier: 'ada', apiKeyId: KEY_ID }, uuidv7());
});
afterAll(() => database.drop());

const KEY_ID = uuidv7();

async function find(...filters: LogFilterInput[]): Promise<string[]> {
  return findIn({ from: null, to: null, environment: null }, filters);
}

async function findIn(
  scope: { from: Date | null; to: Date | null; environment: 'production' | 'test' | null },
  filters: LogFilterInput[],
): Promise<string[]> {
  const query = { ...scope, filters: filters.map((filter) => logFilter.parse(filter)) };
  const rows = await queryRows(
    sql`SELECT log."customIdentifier" AS name FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)} ORDER BY log."id"`,
    z.object({ name: z.string() }),
  );
  return rows.map(({ name }) => name);
}

describe('a filter finds', () => {
  test.each<[string, LogFilterInput, string[]]>([
    ['equal text', { field: 'model', value: 'claude-opus-5-5' }, ['opus']],
    ['any of several', { field: 'model', value: ['claude-opus-5-5', 'claude-haiku-5-5'] }, ['opus', 'haiku', 'left']],
    ['in', { field: 'customer_identifier', operator: 'in', value: ['ada', 'bob'] }, ['opus', 'haiku']],
    [
      'not, what is unknown included',
      { field: 'model', operator: 'not', value: 'claude-haiku-5-5' },
      ['opus', 'failed'],
    ],
    ['none', { field: 'model', operator: 'isnull', value: true }, ['failed']],
    ['some', { field: 'customer_identifier', operator: 'isnull', value: false }, ['opus', 'haiku']],
    ['text in any case', { field: 'error_message', operator: 'iexact', value: 'overloaded' }, ['failed']],
    ['a part', { field: 'model', operator: 'contains', value: 'opus' }, ['opus']],
    ['a part in any case', { field: 'model', operator: 'icontains', value: 'OPUS' }, ['opus']],
    ['a beginning', { field: 'model', operator: 'startswith', value: 'claude-h' }, ['haiku', 'left']],
    ['an end', { field: 'model', operator: 'endswith', value: 'opus-5-5' }, ['opus']],
    ['no wildcards in a part', { field: 'input', operator: 'contains', value: '50% of it_all' }, ['opus']],
    ['dollars exactly', { field: 'cost', value: 0.0035 }, ['opus']],
    ['dollars over', { field: 'cost', operator: 'gt', value: 0.0035 }, ['haiku']],
    ['dollars from', { field: 'cost', operator: 'gte', value: 0.0035 }, ['opus', 'haiku']],
    ['seconds under', { field: 'latency', operator: 'lt', value: '0.8' }, ['failed']],
    ['seconds up to', { field: 'generation_time', operator: 'lte', value: 0.8 }, ['haiku', 'failed']],
    ['fractions of a millisecond', { field: 'latency', operator: 'gt', value: 11.9999 }, ['opus']],
    ['the whole prompt', { field: 'prompt_tokens', value: 1000 }, ['opus']],
    ['all tokens, by another name', { field: 'all_tokens', operator: 'gt', value: 1000 }, ['opus']],
    ['tokens a second', { field: 'tokens_per_second', value: 50 }, ['opus']],
    ['a number not', { field: 'status_code', operator: 'not', value: [200, 499] }, ['failed']],
    ['a fraction of a whole number', { field: 'status_code', value: 200.5 }, []],
    ['failures', { field: 'failed', value: 'true' }, ['failed']],
    ['what has not failed', { field: 'failed', value: false }, ['opus', 'haiku', 'left']],
    ['status', { field: 'status', value: ['error', 'aborted'] }, ['failed', 'left']],
    ['streams', { field: 'stream', operator: 'not', value: true }, ['haiku']],
    ['warnings', { field: 'warnings', operator: 'contains', value: 'retry' }, ['failed']],
    ['no warnings', { field: 'warnings', operator: 'isnull', value: true }, ['opus', 'haiku', 'left']],
    ['a key by id', { field: 'organization_key_id', value: KEY_ID }, ['opus']],
    ['a key by name', { field: 'organization_key_name', operator: 'startswith', value: 'prod' }, ['opus']],
    [
      'not a key by name',
      { field: 'organization_key_name', operator: 'not', value: 'prod-web' },
      ['haiku', 'failed', 'left'],
    ],
    ['metadata', { field: 'metadata__tier', value: 'gold' }, ['opus']],
    ['an unknown field as metadata', { field: 'tier', operator: 'in', value: ['gold', 'silver'] }, ['opus', 'haiku']],
    ['metadata of either type', { field: 'seats', value: '5' }, ['opus', 'haiku']],
    ['a number in metadata', { field: 'seats', operator: 'gt', value: 4 }, ['opus']],
    ['a boolean in metadata', { field: 'beta', value: 'true' }, ['opus']],
    ['metadata without it', { field: 'tier', operator: 'isnull', value: true }, ['failed', 'left']],
    ['metadata not', { field: 'tier', operator: 'not', value: 'gold' }, ['haiku', 'failed', 'left']],
    ['a documented field without a column', { field: 'prompt_id', value: 'p1' }, ['opus']],
    ['the load balance group', { field: 'load_balance_group_id', value: 'eu' }, ['opus']],
    ["its sender's own id", { field: 'unique_id', value: 'mine-1' }, ['opus']],
    ['an id that is none', { field: 'organization_key_id', value: "' OR 1=1 --" }, []],
    ['time', { field: 'timestamp', operator: 'gte', value: '2026-11-21T00:00:00Z' }, ['haiku']],
    ['quotes', { field: 'model', operator: 'contains', value: "'; DROP TABLE x; --" }, []],
  ])('%s', async (_, filter, expected) => {
    expect(await find(filter)).toEqual(expected);
  });

  test('a log by its id', async () => {
    expect(await find({ field: 'unique_id', value: ids.get('haiku') ?? '' })).toEqual(['haiku']);
    expect(await find({ field: 'unique_id', value: ids.get('theirs') ?? '' })).toEqual([]);
  });
});

test('filters join from left to right', async () => {
  const opus = { field: 'model', value: 'claude-opus-5-5' };
  const slow = { field: 'latency', operator: 'gt', value: 20 } as const;
  const failed = { field: 'failed', value: true };
  expect(await find(opus, slow)).toEqual([]);
  expect(await find(opus, slow, { ...failed, connector: 'OR' })).toEqual(['failed']);
  expect(await find(failed, { ...opus, connector: 'OR' }, slow)).toEqual([]);
});

test('an OR never leads out of the organization, the environment or the time', async () => {
  const anything = { field: 'latency', operator: 'isnull', value: true, connector: 'OR' } as const;
  const filters = [{ field: 'customer_identifier', value: 'ada' }, anything];
  expect(await find(...filters)).toEqual(['opus', 'left']);
  expect(await findIn({ from: null, to: null, environment: 'production' }, filters)).toEqual(['opus']);
  expect(await findIn({ from: new Date(Date.now() + 1000), to: null, environment: null }, filters)).toEqual([]);
  expect(await findIn({ from: null, to: new Date(Date.now() - 86_400_000), environment: null }, filters)).toEqual([]);
});

test('every field can be asked with every operator that fits it', async () => {
  const samples = { text: 'x', id: KEY_ID, number: 1.5, boolean: true, time: '2026-11-22T00:00:00Z', json: 'x' };
  for (const [field, { kind }] of Object.entries(FILTER_FIELDS)) {
    for (const operator of OPERATORS_OF[kind]) {
      const value = operator === 'isnull' ? true : samples[kind];
      await expect(find({ field, operator, value: [value, value] }), `${field} ${operator}`).resolves.toBeInstanceOf(
        Array,
      );
    }
  }
});

test('any time that is no mistake can be asked for', async () => {
  for (const value of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', -62_135_596_800_000])
    await expect(find({ field: 'timestamp', operator: 'gt', value })).resolves.toBeInstanceOf(Array);
});

describe('is refused', () => {
  test.each<[LogFilterInput, string, RegExp]>([
    [{ field: 'model', operator: 'gt', value: 'a' }, 'model', /does not fit/],
    [{ field: 'cost', operator: 'contains', value: 1 }, 'cost', /does not fit/],
    [{ field: 'cost', operator: 'gt', value: 'much' }, 'cost', /number/],
    [{ field: 'stream', value: 'maybe' }, 'stream', /true or false/],
    [{ field: 'timestamp', operator: 'gt', value: 'yesterday' }, 'timestamp', /time/],
    [{ field: 'timestamp', operator: 'gt', value: 8e15 }, 'timestamp', /years 1 to 9999/],
    [{ field: 'timestamp', operator: 'lt', value: '-000001-01-01T00:00:00Z' }, 'timestamp', /years 1 to 9999/],
    [{ field: 'timestamp', operator: 'lt', value: '0000-06-01' }, 'timestamp', /years 1 to 9999/],
    [{ field: 'cost', value: [] }, 'value', /value/],
  ])('%j', (filter, path, message) => {
    const result = logFilter.safeParse(filter);
    expect(result.error?.issues[0]?.path).toEqual([path]);
    expect(result.error?.issues[0]?.message).toMatch(message);
  });
});
