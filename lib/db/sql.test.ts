import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { execute, identifier, queryRows, sql } from './sql';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('values are parameters, and rows are parsed', async () => {
  const rows = await queryRows(sql`SELECT ${"'; DROP TABLE x --"}::text AS "a"`, z.object({ a: z.string() }));
  expect(rows).toEqual([{ a: "'; DROP TABLE x --" }]);
  expect(await execute(sql`SELECT 1 WHERE FALSE`)).toBe(0);
  expect(() => identifier({ a: '"A"' }, JSON.parse('"toString"'))).toThrow('Unknown identifier');
});

test('a row that does not fit is our fault, never the input’s', async () => {
  const failed = queryRows(sql`SELECT 1 AS "a"`, z.object({ a: z.string() }));
  await expect(failed).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('on our side'),
    cause: expect.any(z.ZodError),
  });
});
