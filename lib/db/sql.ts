import { raw, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { toAppError } from '@/lib/errors';
import { pool } from './client';

export { default as sql, empty, join, type Sql } from 'sql-template-tag';

/** Anything that runs a statement: the pool, or a client inside a transaction. */
export interface Queryable {
  query(statement: { text: string; values: unknown[] }): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/**
 * The one door to raw SQL. Values are parameters (`sql` from this module), identifiers come from `identifier`,
 * and every row is parsed.
 * @throws AppError internal where a row does not fit: a ZodError would be taken for the caller's mistake
 */
export async function queryRows<S extends z.ZodType>(
  statement: Sql,
  row: S,
  on: Queryable = pool(),
): Promise<z.infer<S>[]> {
  const result = await on.query({ text: statement.text, values: statement.values });
  return result.rows.map((value) => {
    const parsed = row.safeParse(value);
    if (!parsed.success) throw toAppError(parsed.error);
    return parsed.data;
  });
}

/** Runs a statement for its effect. @returns the number of rows it touched */
export async function execute(statement: Sql, on: Queryable = pool()): Promise<number> {
  const result = await on.query({ text: statement.text, values: statement.values });
  return result.rowCount ?? 0;
}

/** An identifier or fragment from a closed record of ours, chosen by a key that may come from outside. */
export function identifier<K extends string>(closed: Readonly<Record<K, string>>, key: K): Sql {
  if (!Object.hasOwn(closed, key)) throw new RangeError(`Unknown identifier: ${String(key).slice(0, 40)}`);
  return raw(closed[key]);
}
