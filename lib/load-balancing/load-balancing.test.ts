import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { CONFIG_CHANNEL } from '@/lib/db/notify';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { loadGroups } from './lookup';
import { createGroup, removeGroup, updateGroup } from './mutations';
import { listGroups } from './queries';
import { groupSchema } from './schema';

const MODELS = [
  { model: 'claude-opus-5-5', weight: 3 },
  { model: 'openai/gpt-5', weight: 1 },
];

let database: TestDatabase;
let ctx: Context;
let other: Context;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = await newContext('owner');
  other = await newContext('owner');
});

async function newContext(role: Role, organizationId = uuidv7()): Promise<Context> {
  const create = { id: organizationId, name: 'Acme' };
  await db().organization.upsert({ where: { id: organizationId }, create, update: {} });
  return brandContext({ organizationId, userId: uuidv7(), role });
}

const create = (as = ctx, name = 'Production, Claude!') => createGroup(as, { name, models: MODELS });

describe('a group', () => {
  test('gets an id from its name, and is what the gateway draws from', async () => {
    const group = await create();
    expect(group).toMatchObject({ groupId: 'production-claude', name: 'Production, Claude!', models: MODELS });
    expect(await listGroups(ctx)).toEqual([group]);
    expect(await loadGroups(ctx.organizationId)).toEqual([{ groupId: 'production-claude', models: MODELS }]);
  });

  test('keeps its id when it is renamed', async () => {
    const { id } = await create();
    const models = [{ model: 'claude-sonnet-5-5', weight: 7 }];
    await updateGroup(ctx, id, { name: 'Batch', models });
    expect(await listGroups(ctx)).toMatchObject([{ groupId: 'production-claude', name: 'Batch', models }]);
  });

  test('is gone when it is removed', async () => {
    const { id } = await create();
    await removeGroup(ctx, id);
    expect(await listGroups(ctx)).toEqual([]);
    await expect(removeGroup(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('needs an id of its own in the organization, and only there', async () => {
    await create();
    await expect(create(ctx, 'production claude')).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: 'The id production-claude is taken. Give the group another name.' },
    });
    expect((await create(other)).groupId).toBe('production-claude');
  });

  test('takes no model that nobody serves, but those of the organization’s own providers', async () => {
    const models = [
      { model: 'claude-opus-5-5', weight: 1 },
      { model: 'lab/llama', weight: 1 },
    ];
    const refused = { code: 'invalid_input', fields: { 'models.1.model': expect.stringContaining('No provider') } };
    await expect(createGroup(ctx, { name: 'Lab', models })).rejects.toMatchObject(refused);
    const data = {
      organizationId: ctx.organizationId,
      id: uuidv7(),
      slug: 'lab',
      name: 'Lab',
      baseUrl: 'https://x.test',
    };
    await db().customProvider.create({ data });
    const { id } = await createGroup(ctx, { name: 'Lab', models });
    await expect(
      updateGroup(ctx, id, { name: 'Lab', models: [{ model: 'nobodys', weight: 1 }] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('who may do what', () => {
  test("another organization's group is not found, and stays as it was", async () => {
    const group = await create();
    const values = { name: 'Mine', models: MODELS };
    await expect(updateGroup(other, group.id, values)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeGroup(other, group.id)).rejects.toMatchObject({ code: 'not_found' });
    expect([await listGroups(other), await loadGroups(other.organizationId)]).toEqual([[], []]);
    expect(await listGroups(ctx)).toEqual([group]);
  });

  test('a viewer looks and changes nothing', async () => {
    const group = await create();
    const viewer = await newContext('viewer', ctx.organizationId);
    for (const attempt of [
      () => create(viewer, 'Another'),
      () => updateGroup(viewer, group.id, { name: 'x', models: MODELS }),
      () => removeGroup(viewer, group.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await listGroups(viewer)).toEqual([group]);
  });
});

test.each([
  [{ name: '…', models: MODELS }, 'name', /letter or digit/],
  [{ name: 'x', models: [] }, 'models', /at least one model/],
  [{ name: 'x', models: [{ model: ' ', weight: 1 }] }, 'models.0.model', /Enter a model/],
  [{ name: 'x', models: [{ model: 'm', weight: 0 }] }, 'models.0.weight', /from 1 to 1000/],
  [{ name: 'x', models: [{ model: 'm', weight: 1.5 }] }, 'models.0.weight', /whole number/],
  [{ name: 'x', models: [{ model: 'm', weight: Number.NaN }] }, 'models.0.weight', /whole number/],
  [{ name: 'x', models: [MODELS[0], MODELS[0]] }, 'models.1.model', /in the group already/],
])('%j is refused at %s', (values, path, message) => {
  const issue = groupSchema.safeParse(values).error?.issues[0];
  expect([issue?.path.join('.'), issue?.message]).toEqual([path, expect.stringMatching(message)]);
});

test('every change tells the gateways whose groups to read again', async () => {
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  const heard: (string | undefined)[] = [];
  listener.on('notification', (message) => heard.push(message.payload));
  await listener.query(`LISTEN ${CONFIG_CHANNEL}`);
  const { id } = await create();
  await updateGroup(ctx, id, { name: 'x', models: MODELS });
  await removeGroup(ctx, id);
  await expect.poll(() => heard).toEqual(Array(3).fill(`groups:${ctx.organizationId}`));
  await listener.end();
});
