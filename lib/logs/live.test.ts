import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { pool } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { LOGS_CHANNEL } from './channel';
import { liveStream } from './live-stream';

let database: TestDatabase;
const ctx = contextOf();

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

function contextOf(): Context {
  return brandContext({ organizationId: uuidv7(), userId: null, role: 'viewer' });
}

async function announce(...organizations: Context[]): Promise<void> {
  await pool().query('SELECT pg_notify($1, $2)', [
    LOGS_CHANNEL,
    JSON.stringify(organizations.map(({ organizationId }) => organizationId)),
  ]);
}

async function open(who: Context) {
  const abort = new AbortController();
  const reader = (await liveStream(who, abort.signal)).getReader();
  const heard: string[] = [];
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard.push(new TextDecoder().decode(value));
    }
  })();
  const events = () => heard.filter((text) => text.startsWith('event: logs')).length;
  return { events, close: () => abort.abort(), ended };
}

test('a stream tells of the organization’s own new logs, and of nobody else’s', async () => {
  const stranger = contextOf();
  const [own, other] = [await open(ctx), await open(stranger)];
  await announce(ctx);
  await expect.poll(own.events).toBe(1);
  expect(other.events()).toBe(0);
  await announce(stranger, ctx);
  await expect.poll(other.events).toBe(1);
  await expect.poll(own.events).toBe(2);
  own.close();
  other.close();
  await Promise.all([own.ended, other.ended]);
});

test('many announcements in an instant are one event', async () => {
  const stream = await open(ctx);
  for (let i = 0; i < 20; i++) await announce(ctx);
  await expect.poll(stream.events).toBe(1);
  await new Promise((done) => setTimeout(done, 800));
  expect(stream.events()).toBeLessThanOrEqual(2);
  stream.close();
  await stream.ended;
});

test('streams end when the server stops', async () => {
  const stream = await open(ctx);
  process.emit('SIGTERM');
  await stream.ended;
});
