import { DatabaseError } from 'pg';

/** Wrong data, a broken constraint, a statement that changes one row twice, or a limit of the server. */
const ABOUT_A_ROW = /^(?:21|22|23|54)/;

/** Whether the database refused the data, and will again; otherwise it is the database that has a problem. */
export function isAboutARow(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && ABOUT_A_ROW.test(error.code ?? '');
}

/** What went wrong, without the row: PostgreSQL quotes it in the details. */
export function withoutRow(error: unknown): Error {
  if (error instanceof DatabaseError) return new Error(`${error.message.slice(0, 200)} (SQLSTATE ${error.code})`);
  return error instanceof Error ? error : new Error(String(error));
}
