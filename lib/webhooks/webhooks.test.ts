import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { env, provideEnv } from '@/lib/env';
import { type Deliveries, type DeliveryOptions, deliverWebhooks } from './deliver';
import { enqueueLogs } from './enqueue';
import { createWebhook, setWebhookPaused } from './mutations';
import { listAttempts, listWebhooks } from './queries';
import { claim, settle } from './queue';
import { newContext, writeLogs } from './testing';

interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const PATIENCE = { timeout: 20_000 };

let database: TestDatabase;
let client: Client;
let ctx: Context;
let other: Context;
let url = '';
let answer: (posted: Posted) => number = () => 200;
const posted: Posted[] = [];
const running: Deliveries[] = [];
const reports: string[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const one = { headers: request.headers, body: Buffer.concat(chunks).toString() };
  posted.push(one);
  const status = answer(one);
  if (status > 0) response.writeHead(status).end();
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
  [ctx, other] = [await newContext('owner'), await newContext('owner')];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await db().webhook.deleteMany();
  await db().webhookDelivery.deleteMany();
  answer = () => 200;
  posted.length = 0;
  expect(reports.splice(0)).toEqual([]);
});

const write = (count: number, over: { environment?: 'production' | 'test'; as?: Context } = {}) =>
  writeLogs(client, over.as ?? ctx, count, over.environment);

function run(over: Partial<DeliveryOptions> = {}): Deliveries {
  const one = deliverWebhooks({ report: (message) => reports.push(message), everyMs: 20, ...over });
  running.push(one);
  return one;
}

const create = (as = ctx, environment: 'production' | 'test' | null = null) =>
  createWebhook(as, { name: 'Warehouse', url, environment });
const arrived = () => posted.map(({ body }) => JSON.parse(body).unique_id);
const waiting = () => db().webhookDelivery.count();

describe('a new log', () => {
  test('is sent as the API answers it, signed, and leaves the queue', async () => {
    const { secret } = await create();
    const [id] = await write(1);
    run();
    await expect.poll(() => posted.length, PATIENCE).toBe(1);
    const { body, headers } = posted[0] ?? { body: '', headers: {} };
    expect(JSON.parse(body)).toMatchObject({ event_type: 'new_request_log', unique_id: id, input: 'Grüße, Zoë' });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    expect([headers['x-respan-signature'], headers['x-keywordsai-signature']]).toEqual([signature, signature]);
    await expect.poll(waiting, PATIENCE).toBe(0);
    await expect
      .poll(() => listAttempts(ctx), PATIENCE)
      .toMatchObject([{ webhookName: 'Warehouse', logId: id, attempt: 1, statusCode: 200, error: null }]);
    expect(await listWebhooks(ctx)).toMatchObject([{ state: 'active', waiting: 0, lastDeliveredAt: expect.any(Date) }]);
  });

  test('goes to every webhook of its organization and environment, once among several processes', async () => {
    await create();
    await create(ctx, 'test');
    await create(other);
    const produced = await write(60);
    const tested = await write(1, { environment: 'test' });
    for (let process = 0; process < 3; process++) run();
    await expect.poll(waiting, PATIENCE).toBe(0);
    expect(arrived().sort()).toEqual([...produced, ...tested, ...tested].sort());
    expect(await listAttempts(other)).toEqual([]);
  });

  test('that was deleted meanwhile is sent nowhere; one whose transaction failed never was', async () => {
    await create();
    const [gone] = await write(1);
    await client.query('DELETE FROM "RequestLog" WHERE "id" = $1', [gone]);
    await client.query('BEGIN');
    await enqueueLogs([{ organizationId: ctx.organizationId, id: uuidv7(), environment: 'production' }], client);
    await client.query('ROLLBACK');
    run();
    await expect.poll(waiting, PATIENCE).toBe(0);
    expect(posted).toEqual([]);
  });

  test('is sent at least once, whoever is killed with -9', async () => {
    await create();
    const ids = new Set(await write(150));
    let hold = true;
    // Some are accepted, some received and not answered when the process dies.
    answer = () => (hold && posted.length > 60 ? 0 : 200);
    const script = fileURLToPath(new URL('./testing.crash.ts', import.meta.url));
    const { DATABASE_URL, ENCRYPTION_KEY } = env();
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      env: { ...process.env, DATABASE_URL, ENCRYPTION_KEY, ALLOW_PRIVATE_UPSTREAMS: '1' },
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    const ended = once(child, 'exit');
    await expect.poll(() => posted.length, { timeout: 30_000 }).toBeGreaterThan(60);
    child.kill('SIGKILL');
    await ended;
    hold = false;
    server.closeAllConnections();
    expect(await waiting()).toBeGreaterThan(0);
    run({ leaseMs: 1000 });
    await expect.poll(waiting, PATIENCE).toBe(0);
    expect(new Set(arrived())).toEqual(ids);
    const twice = posted.length - ids.size;
    expect(twice).toBeLessThanOrEqual(40);
  }, 60_000);
});

describe('a webhook that fails', () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const failed = { statusCode: 500, error: 'It answered 500.', durationMs: 3 };

  test('is tried again, and shown as failing until it answers', async () => {
    await create();
    await write(50);
    answer = () => 500;
    const first = run();
    await expect.poll(async () => (await listWebhooks(ctx))[0]?.state, PATIENCE).toBe('failing');
    await first.stop();
    const [webhook] = await listWebhooks(ctx);
    expect([posted.length, webhook?.waiting]).toEqual([40, 50]);
    expect(webhook?.retryAt?.getTime()).toBeGreaterThan(Date.now());
    answer = () => 204;
    await db().webhook.updateMany({ data: { retryAt: new Date(0) } });
    await db().webhookDelivery.updateMany({ data: { nextAttemptAt: new Date(0) } });
    run();
    await expect.poll(waiting, PATIENCE).toBe(0);
    expect((await listWebhooks(ctx))[0]).toMatchObject({ state: 'active', failingSince: null, retryAt: null });
  });

  test('one that does not answer keeps no other waiting', async () => {
    await create();
    await create(other);
    await write(10);
    const served = await write(5, { as: other });
    answer = ({ body }) => (served.includes(JSON.parse(body).unique_id) ? 200 : 0);
    run({ timeoutMs: 2000 });
    await expect.poll(async () => (await listAttempts(other)).length, { timeout: 1500 }).toBe(5);
    await running[0]?.stop();
    expect((await listAttempts(ctx))[0]).toMatchObject({ statusCode: null, error: 'It gave no answer in 2 seconds.' });
  });

  test('is paused after a day, queues nothing then, and goes on where it stopped', async () => {
    const { webhook } = await create();
    const key = { organizationId: ctx.organizationId, id: webhook.id };
    const [id] = await write(1);
    for (const hours of [0, 12, 23.9]) {
      const now = at(hours);
      const claimed = await claim(key, 1, 1000, at(99));
      await settle(
        key,
        claimed.map((one) => ({ ...one, sent: failed })),
        now,
      );
      expect((await listWebhooks(ctx))[0]?.state).toBe('failing');
    }
    await settle(
      key,
      (await claim(key, 1, 1000, at(99))).map((one) => ({ ...one, sent: failed })),
      at(24),
    );
    expect((await listWebhooks(ctx))[0]).toMatchObject({
      state: 'paused',
      pauseReason: 'Every attempt of the last 24 hours failed. The last one: It answered 500.',
    });
    await write(1);
    expect(await waiting()).toBe(1);
    await setWebhookPaused(ctx, webhook.id, false);
    run();
    await expect.poll(waiting, PATIENCE).toBe(0);
    expect(arrived()).toEqual([id]);
  });

  test('waits longer each time, and gives a single log up in the end', async () => {
    const { webhook } = await create();
    const key = { organizationId: ctx.organizationId, id: webhook.id };
    await write(1);
    let now = new Date();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 29; attempt++) {
      await settle(
        key,
        (await claim(key, 1, 1000, at(99))).map((one) => ({ ...one, sent: failed })),
        now,
      );
      const next = (await db().webhookDelivery.findFirstOrThrow()).nextAttemptAt;
      waits.push(Math.round((next.getTime() - now.getTime()) / 1000));
      now = next;
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual([5, 3600]);
    await settle(
      key,
      (await claim(key, 1, 1000, at(99))).map((one) => ({ ...one, sent: failed })),
      now,
    );
    expect(await waiting()).toBe(0);
  });

  test('keeps the history of the last 100 attempts', async () => {
    const { webhook } = await create();
    const key = { organizationId: ctx.organizationId, id: webhook.id };
    await write(130);
    for (let batch = 0; batch < 4; batch++) {
      const claimed = await claim(key, 40, 60_000, new Date());
      await settle(
        key,
        claimed.map((one) => ({ ...one, sent: { ...failed, error: null } })),
        new Date(),
      );
    }
    expect(await db().webhookAttempt.count()).toBe(100);
  });
});
