import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/** A connection to a server's embedded database, to look at what no page shows. The caller ends it. */
export async function openDatabase(dataDir: string): Promise<Client> {
  const { port, password } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8'));
  const client = new Client({ connectionString: `postgres://respan:${password}@127.0.0.1:${port}/respan` });
  await client.connect();
  return client;
}
