/**
 * Real PostgreSQL for tests. A test that needs a database:
 *
 *   let database: TestDatabase;
 *   beforeAll(async () => { database = await createTestDatabase(); });
 *   afterAll(() => database.drop());
 *   test('…', async () => { await db().organization.create({ … }); });
 *
 * Each test file gets its own, migrated; db() and pool() of lib/db/client lead to it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { provideEnv } from '@/lib/env';
import { disconnect } from './client';
import { startEmbeddedPostgres } from './embedded';
import { migrate, migrationsFolder } from './migrate';

declare module 'vitest' {
  interface ProvidedContext {
    /** TEST_DATABASE_URL, or empty: then the first test that needs a server starts one in testDataDir. */
    testDatabaseUrl: string;
    testDataDir: string;
  }
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fresh database with every migration applied, and an environment that leads to it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(await migratedTemplate());
  await disconnect();
  provideEnv({
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
  });
  return {
    url: database.url,
    async drop() {
      await disconnect();
      await database.drop();
    },
  };
}

/** A fresh database with nothing in it, for tests of migrations themselves. The environment stays as it is. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template1');
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer((client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`));
  return {
    url: await urlOf(name),
    drop: async () => {
      await onServer((client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}

/** The database that the others are copied from: migrating takes far longer than copying. */
async function migratedTemplate(): Promise<string> {
  const name = `template_${await hashMigrations()}`;
  await onServer(async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 1) return;
    const building = `${name}_building`;
    await client.query(`DROP DATABASE IF EXISTS "${building}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${building}"`);
    await migrate(await urlOf(building));
    await client.query(`ALTER DATABASE "${building}" RENAME TO "${name}"`);
  });
  return name;
}

async function hashMigrations(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(migrationsFolder())).sort()) {
    hash.update(name).update(await readFile(join(migrationsFolder(), name, 'migration.sql')).catch(() => ''));
  }
  return hash.digest('hex').slice(0, 16);
}

async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: await serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let server: Promise<string> | undefined;

async function serverUrl(): Promise<string> {
  const given = inject('testDatabaseUrl');
  if (given) return given;
  server ??= startEmbeddedPostgres(inject('testDataDir'), { durable: false }).then(({ url }) => url);
  return server;
}

async function urlOf(database: string): Promise<string> {
  const url = new URL(await serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}
