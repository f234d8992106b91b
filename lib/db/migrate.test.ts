import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { db, pool } from './client';
import { migrate, migrationsPending } from './migrate';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
let folder: string;
let client: Client;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'respan-migrations-'));
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function addMigration(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), script);
}

async function tables(): Promise<string[]> {
  const result = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  return result.rows.map((row) => row.name).filter((name) => name !== '_prisma_migrations');
}

describe('migrate', () => {
  test('applies the project’s own migrations to an empty database, and nothing the second time', async () => {
    expect(await migrationsPending(client)).not.toEqual([]);
    const applied = await migrate(database.url);
    expect(applied.length).toBeGreaterThan(0);
    expect(await tables()).toContain('RequestLog');
    expect(await migrationsPending(client)).toEqual([]);
    expect(await migrate(database.url)).toEqual([]);
  });

  test('applies in the order of names and records each as Prisma does', async () => {
    await addMigration('2_second', 'ALTER TABLE things ADD COLUMN size int;');
    await addMigration('1_first', 'CREATE TABLE things (id int); CREATE INDEX ON things (id);');
    expect(await migrate(database.url, folder)).toEqual(['1_first', '2_second']);
    const rows = await client.query('SELECT * FROM _prisma_migrations ORDER BY started_at');
    expect(rows.rows[0]).toMatchObject({
      migration_name: '1_first',
      checksum: 'c9e8647c10863bce80bd2e9e7e14b196de552b0352c1708a33bec183a96d523b',
      rolled_back_at: null,
      applied_steps_count: 1,
    });
    expect(rows.rows[0].finished_at).toBeInstanceOf(Date);
  });

  test('a failing migration is named, rolled back whole, and tried again next time; those before it stay', async () => {
    await addMigration('1_good', 'CREATE TABLE good (id int);');
    await addMigration('2_bad', 'CREATE TABLE half (id int); SELECT no_such_function();');
    await expect(migrate(database.url, folder)).rejects.toThrow(/2_bad failed and was rolled back: .*no_such_function/);
    expect(await tables()).toEqual(['good']);
    expect(await migrationsPending(client, folder)).toEqual(['2_bad']);
    await addMigration('2_bad', 'CREATE TABLE whole (id int);');
    expect(await migrate(database.url, folder)).toEqual(['2_bad']);
    expect(await tables()).toEqual(['good', 'whole']);
  });

  test('refuses a migration that was changed after it had been applied', async () => {
    await addMigration('1_first', 'CREATE TABLE a (id int);');
    await migrate(database.url, folder);
    await addMigration('1_first', 'CREATE TABLE a (id bigint);');
    await expect(migrate(database.url, folder)).rejects.toThrow('1_first was changed after it had been applied');
  });

  test('refuses a database that a newer version has migrated', async () => {
    await addMigration('1_first', 'CREATE TABLE a (id int);');
    await addMigration('2_future', 'CREATE TABLE b (id int);');
    await migrate(database.url, folder);
    await rm(join(folder, '2_future'), { recursive: true });
    await expect(migrate(database.url, folder)).rejects.toThrow('2_future, which this version does not know');
  });

  test('of two starters one applies and the other waits for it', async () => {
    await addMigration('1_slow', 'SELECT pg_sleep(0.5); CREATE TABLE once (id int);');
    const results = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
    expect(results.map((applied) => applied.length).sort()).toEqual([0, 1]);
  });
});

test('createTestDatabase leads db() to a database of its own that is migrated', async () => {
  const migrated = await createTestDatabase();
  expect(await migrationsPending(pool())).toEqual([]);
  expect(await db().organization.count()).toBe(0);
  await migrated.drop();
  await expect(db().organization.count()).rejects.toThrow();
});
