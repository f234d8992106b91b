import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { LogRecord } from '@/lib/gateway/log-record';
import { encodeOutcome } from '../outcome';
import { logRecord } from '../testing';
import { writeBatch } from '../writer-batch';
import { facets } from './facets';
import { type FilterField, type LogFilterInput, logFilter } from './schema';

let database: TestDatabase;
let ctx: Context;
const KEY_ID = uuidv7();

beforeAll(async () => {
  database = await createTestDatabase();
  const organizationId = uuidv7();
  ctx = brandContext({ organizationId, userId: null, role: 'viewer' });
  await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
  const key = { organizationId, id: KEY_ID, name: 'prod-web', prefix: 'abcdefgh', environment: 'production' } as const;
  await db().apiKey.create({ data: { ...key, secretHash: Buffer.alloc(32) } });
  const ours = { organizationId, apiKeyId: KEY_ID } as const;
  const failed = { status: 'error', statusCode: 529, errorCause: 'provider' } as const;
  await write([
    logRecord({ ...ours, model: 'opus', customerIdentifier: 'ada', metadata: { respan_fields: { prompt_id: 'p1' } } }),
    logRecord({ ...ours, model: 'opus', customerIdentifier: 'bob' }),
    logRecord({ ...ours, model: 'haiku', customerIdentifier: 'ada', stream: false }),
    logRecord({ ...ours, ...failed, model: 'haiku', apiKeyId: null }),
    logRecord({ ...ours, status: 'interrupted', statusCode: 500, errorCause: 'gateway', model: null, provider: null }),
    logRecord({ ...ours, environment: 'test', model: 'tried' }),
    logRecord({ model: 'theirs', organizationId: uuidv7(), customerIdentifier: 'eve' }),
  ]);
});
afterAll(() => database.drop());

async function write(records: LogRecord[]): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await writeBatch(
      client,
      records.map((record) => encodeOutcome(record)),
    );
  } finally {
    await client.end();
  }
}

async function count(field: FilterField, filters: LogFilterInput[] = [], who = ctx) {
  const query = { from: new Date(Date.now() - 3_600_000), to: null, environment: 'production' } as const;
  const [found] = await facets(who, { ...query, filters: filters.map((filter) => logFilter.parse(filter)) }, [field]);
  return { counted: found?.counted, values: found?.values.map(({ value, count }) => `${value}: ${count}`) };
}

test.each<[FilterField, string[]]>([
  ['model', ['haiku: 2', 'opus: 2', 'null: 1']],
  ['provider_id', ['anthropic: 4', 'null: 1']],
  ['organization_key_id', [`${KEY_ID}: 4`, 'null: 1']],
  ['status', ['success: 3', 'error: 1', 'interrupted: 1']],
  ['status_code', ['200: 3', '500: 1', '529: 1']],
  ['failed', ['false: 3', 'true: 2']],
  ['customer_identifier', ['ada: 2', 'bob: 1']],
])('%s is counted from rollups', async (field, expected) => {
  expect(await count(field)).toEqual({ counted: 'all', values: expected });
});

test('other fields are counted from the newest logs', async () => {
  expect(await count('stream')).toEqual({ counted: 'newest', values: ['true: 4', 'false: 1'] });
  expect(await count('prompt_id')).toEqual({ counted: 'newest', values: ['null: 4', 'p1: 1'] });
});

test("a field's own filter does not narrow its facet, others do", async () => {
  const ada = { field: 'customer_identifier', value: 'ada' };
  const opus = { field: 'model', value: 'opus' };
  expect((await count('model', [opus])).values).toEqual(['haiku: 2', 'opus: 2', 'null: 1']);
  expect(await count('model', [ada, opus])).toEqual({ counted: 'newest', values: ['haiku: 1', 'opus: 1'] });
  expect((await count('customer_identifier', [ada, opus])).values).toEqual(['ada: 1', 'bob: 1']);
});

test('several facets come in the order they were asked for, keys with their names', async () => {
  const query = { from: null, to: null, environment: null, filters: [] };
  const found = await facets(ctx, query, ['stream', 'organization_key_id', 'model', 'stream']);
  expect(found.map(({ field }) => field)).toEqual(['stream', 'organization_key_id', 'model', 'stream']);
  expect(found[1]?.values[0]).toEqual({ value: KEY_ID, label: 'prod-web', count: 5 });
});

test('another organization has none of these values', async () => {
  const other = brandContext({ organizationId: uuidv7(), userId: null, role: 'viewer' });
  for (const field of ['model', 'status', 'customer_identifier', 'stream', 'prompt_id'] as const) {
    expect((await count(field, [], other)).values).toEqual([]);
  }
});

test('what is filtered by its name is counted by its name, equal names together', async () => {
  const { organizationId } = ctx;
  const [main, twin] = [uuidv7(), uuidv7()];
  const credential = {
    organizationId,
    provider: 'anthropic',
    name: 'main',
    secretSealed: Buffer.alloc(1),
    lastFour: 'x9QA',
  };
  for (const id of [main, twin]) await db().integrationKey.create({ data: { ...credential, id } });
  const named = { organizationId, apiKeyId: KEY_ID, customerIdentifier: 'named' };
  await write([
    logRecord({ ...named, credentialId: main }),
    logRecord({ ...named, credentialId: twin }),
    logRecord({ ...named, apiKeyId: null }),
  ]);
  const ours = [{ field: 'customer_identifier', value: 'named' }];
  expect((await count('organization_key_name', ours)).values).toEqual(['prod-web: 2', 'null: 1']);
  expect((await count('deployment_name', ours)).values).toEqual(['main: 2', 'null: 1']);
  const both = [...ours, { field: 'organization_key_name', value: 'prod-web' }];
  expect((await count('model', both)).values).toEqual(['claude-sonnet-5: 2']);
});
