import { DatabaseError } from 'pg';
import { AppError } from '@/lib/errors';
import { pool } from './client';
import { execute, identifier, type Queryable, sql } from './sql';

const TIME = { limit: "'8s'" };
const QUERY_CANCELED = '57014';

/**
 * Runs a query that may be about too much: after eight seconds the database is told to stop, so that nobody's search takes
 * the connections of everybody else.
 * @throws AppError invalid_input with what to do about it
 */
export async function patiently<T>(work: (on: Queryable) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await execute(sql`BEGIN READ ONLY`, client);
    await execute(sql`SET LOCAL statement_timeout = ${identifier(TIME, 'limit')}`, client);
    const found = await work(client);
    await execute(sql`COMMIT`, client);
    client.release();
    return found;
  } catch (error) {
    const broken = await execute(sql`ROLLBACK`, client).then(
      () => false,
      () => true,
    );
    client.release(broken);
    if (!(error instanceof DatabaseError) || error.code !== QUERY_CANCELED) throw error;
    throw new AppError('invalid_input', 'This search takes too long. Choose a shorter time, or filter by more.', {
      cause: error,
    });
  }
}
