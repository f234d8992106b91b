import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { env } from '@/lib/env';
import { PrismaClient } from './generated/client';

function connect() {
  const pool = new Pool({ connectionString: env().DATABASE_URL, max: 10, application_name: 'respan' });
  // An idle connection that breaks (the database restarted) must not take the process down; the next query reconnects.
  pool.on('error', () => {});
  // One that breaks while it is in use fails the next query on it; with nobody to hear, it would be an uncaught error.
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    // Secrets leave the database only where a query asks for them by name.
    omit: {
      user: { passwordHash: true },
      apiKey: { secretHash: true },
      integrationKey: { secretSealed: true },
      alert: { slackUrlSealed: true, webhookSecretSealed: true },
      webhook: { secretSealed: true },
    },
  });
  return { pool, prisma };
}

export type Database = ReturnType<typeof connect>['prisma'];

// Next reloads modules in development; the connections must survive that.
const shared = globalThis as { respanDatabase?: ReturnType<typeof connect> };

/** The process's Prisma client. Connects on first use, to DATABASE_URL. */
export function db(): Database {
  shared.respanDatabase ??= connect();
  return shared.respanDatabase.prisma;
}

/** The pool behind it, for lib/db/sql.ts and for COPY. */
export function pool(): Pool {
  shared.respanDatabase ??= connect();
  return shared.respanDatabase.pool;
}

/** Closes every connection of this process; the next use connects again. */
export async function disconnect(): Promise<void> {
  const open = shared.respanDatabase;
  shared.respanDatabase = undefined;
  await open?.prisma.$disconnect();
  await open?.pool.end();
}
