/** A database with two organizations and a key each, and requests as their programs send them. */
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { LogRecord } from '@/lib/gateway/log-record';
import { ensureKey } from '@/lib/keys/ensure';
import { encodeOutcome } from '@/lib/logs/outcome';
import { logRecord } from '@/lib/logs/testing';
import { writeBatch } from '@/lib/logs/writer-batch';

export const KEY = 'abcdefgh.0123456789abcdefghijABCDEFGHIJ12';
export const OTHER_KEY = 'bcdefghi.0123456789abcdefghijABCDEFGHIJ12';

export interface LogApi {
  readonly organizationId: string;
  write(...given: Partial<LogRecord>[]): Promise<string[]>;
  drop(): Promise<void>;
}

export async function openLogApi(): Promise<LogApi> {
  const database = await createTestDatabase();
  const organizationId = await organizationWith(KEY);
  await organizationWith(OTHER_KEY);
  return {
    organizationId,
    write: (...given) => write(database, organizationId, given),
    drop: () => database.drop(),
  };
}

async function organizationWith(presented: string): Promise<string> {
  const id = uuidv7();
  await db().organization.create({ data: { id, name: 'Acme' } });
  await ensureKey({ organizationId: id, presented });
  return id;
}

async function write(database: TestDatabase, organizationId: string, given: Partial<LogRecord>[]): Promise<string[]> {
  const records = given.map((record) => logRecord({ organizationId, apiKeyId: null, ...record }));
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await writeBatch(
    client,
    records.map((record) => encodeOutcome(record)),
  ).finally(() => client.end());
  return records.map(({ id }) => id);
}

interface Asked {
  key?: string;
  method?: string;
  body?: unknown;
}

/** @param path below /api/request-logs */
export function ask(path: string, { key = KEY, method = 'GET', body }: Asked = {}): Request {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const headers = { authorization: `Bearer ${key}` };
  return new Request(`http://x.test/api/request-logs/${path}`, { method, headers, ...init });
}

export const at = (logId: string) => ({ params: Promise.resolve({ logId }) });

export async function read(response: Response | Promise<Response>) {
  const answered = await response;
  return { status: answered.status, body: answered.status === 204 ? null : await answered.json() };
}

export const idsOf = (body: { results: { id: string }[] }) => body.results.map(({ id }) => id);
