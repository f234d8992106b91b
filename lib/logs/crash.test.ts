import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { openLogStore } from './store';

const CHILD = fileURLToPath(new URL('./testing.crash.ts', import.meta.url));
const ROUNDS = 20;
/** What a process promises before it is killed: another number each time, so that it dies at another place. */
const PROMISES = { least: 50, most: 900 };

let database: TestDatabase;
let client: Client;
let dir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
});
afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(dir, { recursive: true });
});

/** Runs a process until it has promised so much, then kills it in the midst of its work. */
async function runAndKill(promises: number): Promise<{ intended: string[]; settled: string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, database.url, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const intended: string[] = [];
  const settled: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, id = ''] = line.split(' ');
    (what === 'settled' ? settled : intended).push(id);
    if (settled.length === promises) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return { intended, settled };
}

async function replay(): Promise<void> {
  const store = await openLogStore({
    databaseUrl: database.url,
    dir,
    report: (message, error) => expect.fail(`${message} ${error}`),
  });
  await store.flush(60_000);
  await store.close();
}

async function statuses(): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; status: string }>('SELECT "id", "status" FROM "RequestLog"');
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  return new Map(rows.map((row) => [row.id, row.status]));
}

test('a killed process loses nothing it promised, and nothing counts twice', { timeout: 240_000 }, async () => {
  const intended: string[] = [];
  const settled: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const promised = await runAndKill(randomInt(PROMISES.least, PROMISES.most));
    intended.push(...promised.intended);
    settled.push(...promised.settled);
    if (round === 0) await cp(dir, `${dir}-copy`, { recursive: true });
  }
  await replay();

  const stored = await statuses();
  for (const id of settled) expect(stored.get(id)).toBe('success');
  // Killed between writing an outcome and saying so, at most one a round is better off than it promised.
  const open = intended.filter((id) => !settled.includes(id));
  const interrupted = open.filter((id) => stored.get(id) === 'interrupted');
  expect(open.every((id) => stored.has(id))).toBe(true);
  expect(open.length - interrupted.length).toBeLessThanOrEqual(ROUNDS);
  expect(interrupted.length).toBeGreaterThan(500);
  expect(await readdir(dir)).toEqual([]);
  const once = await totals();
  expect(once.logs).toBe(once.rolledUp);
  expect(once.costNanoUsd).toBe(once.debitedNanoUsd);
  expect(once.costNanoUsd).toBe(once.balanceNanoUsd);

  // The same files once more, as if a machine had come back from an older disk.
  await cp(`${dir}-copy`, dir, { recursive: true });
  await rm(`${dir}-copy`, { recursive: true });
  expect(await readdir(dir)).not.toEqual([]);
  await replay();
  expect(await totals()).toEqual(once);
  expect(await statuses()).toEqual(stored);
  expect(await readdir(dir)).toEqual([]);
});

async function totals() {
  const { rows } = await client.query<{
    logs: number;
    rolledUp: number;
    costNanoUsd: number;
    debitedNanoUsd: number;
    balanceNanoUsd: number;
  }>(
    `SELECT (SELECT count(*)::int FROM "RequestLog") AS "logs",
       (SELECT sum("requests")::int FROM "Rollup" WHERE "granularity" = 'hour') AS "rolledUp",
       (SELECT sum("costNanoUsd")::int FROM "RequestLog") AS "costNanoUsd",
       (SELECT -sum("amountNanoUsd")::int FROM "CreditTransaction") AS "debitedNanoUsd",
       (SELECT -sum("balanceNanoUsd")::int FROM "CreditBalance") AS "balanceNanoUsd"`,
  );
  const [found] = rows;
  if (!found) throw new Error('A query without a table gives one row.');
  return found;
}
