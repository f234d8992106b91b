import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '@/lib/alerts/testing.receivers';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import {
  createWebhook,
  removeWebhook,
  revealWebhookSecret,
  rollWebhookSecret,
  setWebhookPaused,
  testWebhook,
  updateWebhook,
} from './mutations';
import { listAttempts, listWebhooks } from './queries';
import { webhookSchema } from './schema';
import { newContext, writeLogs } from './testing';

let database: TestDatabase;
let client: Client;
let receiver: Receiver;
let ctx: Context;
let other: Context;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  receiver = await startReceiver();
  url = `${receiver.url}/hook`;
});
afterAll(async () => {
  await client.end();
  await receiver.close();
  await database.drop();
});
beforeEach(async () => {
  provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1' });
  [ctx, other] = [await newContext('owner'), await newContext('owner')];
});
afterEach(async () => {
  await db().webhook.deleteMany();
  receiver.posted.length = 0;
  receiver.answers.clear();
});

const create = (as = ctx) => createWebhook(as, { name: 'Warehouse', url, environment: null });
const waiting = () => db().webhookDelivery.count();

describe('saving', () => {
  test('the secret is shown to editors, sealed at rest, and can be replaced', async () => {
    const { webhook, secret } = await create();
    expect(secret).toMatch(/^whsec_[0-9a-f]{64}$/);
    expect(await revealWebhookSecret(ctx, webhook.id)).toBe(secret);
    expect(JSON.stringify([webhook, await listWebhooks(ctx), await db().webhook.findMany()])).not.toContain('whsec_');
    const next = await rollWebhookSecret(ctx, webhook.id);
    expect([await revealWebhookSecret(ctx, webhook.id), next === secret]).toEqual([next, false]);
  });

  test('a test is sent at once and stands in the history', async () => {
    const { webhook, secret } = await create();
    receiver.answers.set('/hook', 418);
    expect(await testWebhook(ctx, webhook.id)).toMatchObject({ statusCode: 418, error: 'It answered 418.' });
    const [one] = receiver.posted;
    const body = one?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({ event_type: 'test', webhook_id: webhook.id });
    expect(one?.headers['x-respan-signature']).toBe(createHmac('sha256', secret).update(body).digest('hex'));
    expect(await listAttempts(ctx)).toMatchObject([{ logId: null, statusCode: 418 }]);
  });

  test.each([
    ['http://169.254.169.254/', /private address/],
    ['https://[::1]/', /private address/],
    ['http://93.184.216.34/x', /Begin with https/],
    ['https://user:word@93.184.216.34/', /user name/],
    ['ftp://93.184.216.34/', /begins with https/],
    ['nonsense', /not a URL/],
  ])('refuses %s', async (typed, message) => {
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '0' });
    const refused = { code: 'invalid_input', fields: { url: expect.stringMatching(message) } };
    await expect(createWebhook(ctx, { name: 'x', url: typed, environment: null })).rejects.toMatchObject(refused);
    expect(webhookSchema.safeParse({ name: '', url: typed, environment: null }).success).toBe(false);
  });
});

describe('who may do what', () => {
  const attempts = (as: Context, id: string) => [
    () => updateWebhook(as, id, { name: 'Mine', url, environment: null }),
    () => setWebhookPaused(as, id, true),
    () => revealWebhookSecret(as, id),
    () => rollWebhookSecret(as, id),
    () => testWebhook(as, id),
    () => removeWebhook(as, id),
  ];

  test("another organization's webhook is not found, and gets none of its logs", async () => {
    const { webhook } = await create();
    for (const attempt of attempts(other, webhook.id))
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    expect([await listWebhooks(other), await listWebhooks(ctx)]).toEqual([[], [webhook]]);
    await writeLogs(client, other, 1);
    expect(await waiting()).toBe(0);
  });

  test('a viewer looks and changes nothing; removing takes the queue along', async () => {
    const { webhook } = await create();
    const viewer = await newContext('viewer', ctx.organizationId);
    for (const attempt of [() => create(viewer), ...attempts(viewer, webhook.id)])
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await listWebhooks(viewer)).toEqual([webhook]);
    await writeLogs(client, ctx, 2);
    await removeWebhook(ctx, webhook.id);
    expect([await waiting(), await listWebhooks(ctx)]).toEqual([0, []]);
  });
});
