import { pool } from './client';
import type { Prisma } from './generated/client';
import { execute, type Queryable, sql } from './sql';

/** Runs statements in one transaction: all of them, or none where `work` throws. */
export async function inTransaction<T>(work: (on: Queryable) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await execute(sql`BEGIN`, client);
    const result = await work(client);
    await execute(sql`COMMIT`, client);
    client.release();
    return result;
  } catch (error) {
    // A connection that can't roll back is in no known state.
    const broken = await execute(sql`ROLLBACK`, client).then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}

/** Prisma's transaction as a connection for our own SQL, where both must be in one. */
export function queryableOf(tx: Pick<Prisma.TransactionClient, '$queryRawUnsafe'>): Queryable {
  return {
    async query({ text, values }) {
      const rows: unknown = await tx.$queryRawUnsafe(text, ...values);
      return { rows: Array.isArray(rows) ? rows : [], rowCount: null };
    },
  };
}
