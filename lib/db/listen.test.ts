import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pool } from './client';
import { type Listener, listen } from './listen';
import { execute, sql } from './sql';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
let listener: Listener | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await listener?.close();
  await database.drop();
});

async function notify(channel: string, payload: string): Promise<void> {
  await execute(sql`SELECT pg_notify(${channel}, ${payload})`);
}

async function breakConnection(): Promise<number | null> {
  const result = await pool().query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'respan listen' AND datname = current_database()`,
  );
  return result.rowCount;
}

test('hears the channel, comes back after its connection broke, and says so', async () => {
  const onMessage = vi.fn();
  const onReconnect = vi.fn();
  listener = await listen(database.url, 'Some channel', onMessage, onReconnect);
  await notify('Some channel', 'one');
  await notify('another', 'not for us');
  await expect.poll(() => onMessage.mock.calls).toEqual([['one']]);

  expect(await breakConnection()).toBe(1);
  await expect.poll(() => onReconnect.mock.calls.length, { timeout: 5000 }).toBe(1);
  await notify('Some channel', 'two');
  await expect.poll(() => onMessage.mock.calls).toEqual([['one'], ['two']]);
});

test('is silent once closed', async () => {
  const onReconnect = vi.fn();
  const closed = await listen(database.url, 'closed', vi.fn(), onReconnect);
  await closed.close();
  await breakConnection();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const result = await pool().query(
    `SELECT FROM pg_stat_activity WHERE query LIKE '%LISTEN "closed"%' AND pid <> pg_backend_pid()`,
  );
  expect(result.rowCount).toBe(0);
  expect(onReconnect).not.toHaveBeenCalled();
});

test('fails at once when the first connection does', async () => {
  const url = new URL(database.url);
  url.port = '1';
  await expect(listen(url.href, 'x', vi.fn(), vi.fn())).rejects.toThrow('ECONNREFUSED');
});
