import { afterAll, beforeAll, expect, test } from 'vitest';
import { pool } from './client';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a connection that breaks between two statements of a transaction ends that transaction, not the process', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('uncaughtException', note);
  const client = await pool().connect();
  try {
    let ended = false;
    client.once('end', () => {
      ended = true;
    });
    await client.query('BEGIN');
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await pool().query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect.poll(() => ended || uncaught.length > 0).toBe(true);
    expect(uncaught).toEqual([]);
    await expect(client.query('SELECT 1')).rejects.toThrow();
  } finally {
    process.off('uncaughtException', note);
    client.release(true);
  }
  expect((await pool().query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
