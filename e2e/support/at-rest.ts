import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from './database';

/** Every table of a server's embedded database, a text each, with the table's name first. */
export async function tables(dataDir: string): Promise<string[]> {
  const database = await openDatabase(dataDir);
  try {
    const { rows: names } = await database.query<{ name: string }>(
      `SELECT quote_ident(relname) AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    const dumps: string[] = [];
    for (const { name } of names) {
      const { rows } = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
      dumps.push(`${name}\n${rows.map(({ row }) => row).join('\n')}`);
    }
    return dumps;
  } finally {
    await database.end();
  }
}

/** Every file under a folder, read as bytes: the journal, what is kept beside it, the database's own files and its WAL. */
export async function files(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const name = join(entry.parentPath, entry.name);
      // Segments and temporary files come and go while the server runs.
      return { name, bytes: await readFile(name).catch(() => Buffer.alloc(0)) };
    });
  return Promise.all(read);
}
