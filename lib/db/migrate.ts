import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { pool } from './client';
import { type Queryable, queryRows, sql } from './sql';

const OLDEST_POSTGRES = 14;
/** Prisma's own migration lock, so that its command line and a starting server exclude each other too. */
const LOCK_KEY = 72707369;

// Prisma's table, column for column: its command line can read what we applied.
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  script: string;
  /** SHA-256 of the file, in hexadecimal. */
  checksum: string;
}

const appliedSchema = z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() });
type Applied = z.infer<typeof appliedSchema>;

/**
 * Brings the database up to date: applies each new `prisma/migrations/<name>/migration.sql` in order, each in a transaction.
 * Of several processes that start at once one applies and the others wait.
 * @returns the names of the migrations it applied
 * @throws Error naming the migration that failed, or that was changed after it had been applied
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl, application_name: 'respan migrate' });
  // A connection that breaks rejects the query that waits for it; the event has nothing to add.
  client.on('error', () => {});
  await client.connect();
  try {
    await requireVersion(client);
    await client.query('SET statement_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(CREATE_TABLE);
    const pending = compare(migrations, await readApplied(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The names of the migrations that the database still lacks. */
export async function migrationsPending(on: Queryable = pool(), folder = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const [table] = await queryRows(
    sql`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS present`,
    z.object({ present: z.boolean() }),
    on,
  );
  const done = new Set(
    (table?.present ? await readApplied(on) : []).filter((row) => row.finished).map((row) => row.name),
  );
  return migrations.map((migration) => migration.name).filter((name) => !done.has(name));
}

/** Where the migrations lie: every script of ours runs in the project's folder. */
export function migrationsFolder(): string {
  return join(process.cwd(), 'prisma', 'migrations');
}

async function requireVersion(client: Client): Promise<void> {
  const [row] = await queryRows(
    sql`SELECT current_setting('server_version_num')::int AS "version"`,
    z.object({ version: z.number() }),
    client,
  );
  const major = Math.floor((row?.version ?? 0) / 10_000);
  if (major < OLDEST_POSTGRES) {
    throw new Error(`Respan needs PostgreSQL ${OLDEST_POSTGRES} or newer; DATABASE_URL leads to version ${major}.`);
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

async function readApplied(on: Queryable): Promise<Applied[]> {
  return queryRows(
    sql`SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished"
        FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "started_at"`,
    appliedSchema,
    on,
  );
}

/** What is left to apply, after checking that what was applied is what the files say. */
function compare(migrations: Migration[], applied: Applied[]): Migration[] {
  const files = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const file = files.get(name);
    if (!finished) {
      throw new Error(
        `Migration ${name} was begun by another tool and did not finish. Resolve it with: prisma migrate resolve`,
      );
    }
    if (!file) {
      throw new Error(
        `The database has migration ${name}, which this version does not know. Start the version that applied it.`,
      );
    }
    if (file.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it had been applied. Restore its file; changes go in a new migration.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.name));
  return migrations.filter((migration) => !done.has(migration.name));
}

async function apply(client: Client, { name, script, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(script);
    // clock_timestamp, because now() stands still in a transaction.
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration ${name} failed and was rolled back: ${reason}`, { cause });
  }
}
