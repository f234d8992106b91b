import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import { type Deliveries, type DeliveryOptions, deliverWebhooks } from './deliver';
import { createWebhook, rollWebhookSecret, setWebhookPaused } from './mutations';
import { listAttempts, listWebhooks } from './queries';
import { newContext, writeLogs } from './testing';

/** What becomes of the deliveries that were taken together when something goes wrong with one, or with the process. */

const PATIENCE = { timeout: 20_000 };

let database: TestDatabase;
let client: Client;
let ctx: Context;
let url = '';
let answers = true;
let posted: string[] = [];
const running: Deliveries[] = [];
const reports: string[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  posted.push(Buffer.concat(chunks).toString());
  if (answers) response.writeHead(200).end();
});

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address && typeof address !== 'string') url = `http://127.0.0.1:${address.port}/hook`;
});
afterAll(async () => {
  await client.end();
  server.closeAllConnections();
  server.close();
  await database.drop();
});
beforeEach(async () => {
  provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1' });
  ctx = await newContext('owner');
  [answers, posted] = [true, []];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await db().webhook.deleteMany();
  await db().webhookDelivery.deleteMany();
  expect(reports.splice(0)).toEqual([]);
});

function run(over: Partial<DeliveryOptions> = {}): Deliveries {
  const one = deliverWebhooks({ report: (message) => reports.push(message), everyMs: 20, ...over });
  running.push(one);
  return one;
}

const create = (as = ctx) => createWebhook(as, { name: 'Warehouse', url, environment: null });
const waiting = () => db().webhookDelivery.count();

describe('a batch', () => {
  test('of which one log can not be read is settled for the others', async () => {
    await create();
    const [bad] = await writeLogs(client, ctx, 30);
    await client.query(`UPDATE "RequestLog" SET "startedAt" = 'infinity' WHERE "id" = $1`, [bad]);
    const one = run();
    await expect.poll(waiting, PATIENCE).toBe(1);
    await one.stop();
    expect(new Set(posted).size).toBe(29);
    expect(await listAttempts(ctx)).toHaveLength(29);
    expect(reports.splice(0)).toEqual(['Logs could not be sent to a webhook.']);
  });

  test('is left by who is told to stop, for the next one to take at once', async () => {
    await create();
    await writeLogs(client, ctx, 30);
    answers = false;
    const one = run({ timeoutMs: 500 });
    await expect.poll(() => posted.length, PATIENCE).toBe(8);
    await one.stop();
    expect(posted).toHaveLength(8);
    const due = { where: { nextAttemptAt: { lte: new Date() }, attempts: 0 } };
    expect([await waiting(), await db().webhookDelivery.count(due)]).toEqual([30, 22]);
  });
});

describe('a webhook', () => {
  test('whose secret can not be opened is paused, and says what to do', async () => {
    const { webhook } = await create();
    await db().webhook.updateMany({ data: { secretSealed: Buffer.from('no secret') } });
    await writeLogs(client, ctx, 1);
    const other = await newContext('owner');
    await create(other);
    await writeLogs(client, other, 1);
    run();
    await expect
      .poll(() => listWebhooks(ctx), PATIENCE)
      .toMatchObject([
        {
          state: 'paused',
          pauseReason: 'This secret is damaged where it is stored and can not be opened. Replace it.',
        },
      ]);
    await expect.poll(() => posted.length, PATIENCE).toBe(1);
    await rollWebhookSecret(ctx, webhook.id);
    await setWebhookPaused(ctx, webhook.id, false);
    await expect.poll(waiting, PATIENCE).toBe(0);
  });
});
