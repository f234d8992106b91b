import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { type Journal, openJournal } from './journal';
import { logRecord } from './testing';
import { type LogWriter, startLogWriter } from './writer';

let database: TestDatabase;
let client: Client;
let cable: Cable;
let dir: string;
let journal: Journal;
let writer: LogWriter;
const reports: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  await client.query('TRUNCATE "RequestLog", "RequestPayload", "Rollup", "CreditTransaction", "CreditBalance"');
  dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  reports.length = 0;
  cable = new Cable(database.url);
  await cable.plugIn();
  journal = await openJournal({ dir, report, heldBytes: 100_000, segmentBytes: 200_000 });
  writer = startLogWriter({ databaseUrl: cable.url, journal, onReport: report, lingerMs: 5 });
});
afterEach(async () => {
  await writer.close();
  await journal.close();
  await cable.unplug();
  await rm(dir, { recursive: true });
});

function report(message: string): void {
  reports.push(message);
}

/** A way to the database that can be cut. */
class Cable {
  readonly #target: URL;
  #server: Server | undefined;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  constructor(url: string) {
    this.#target = new URL(url);
  }

  get url(): string {
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${this.#port}`;
    return url.href;
  }

  async plugIn(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(Number(this.#target.port), this.#target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => this.#sockets.delete(socket));
        socket.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    const address = server.address();
    if (address && typeof address === 'object') this.#port = address.port;
    this.#server = server;
  }

  /** Every connection breaks at once, whatever is on its way. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cut();
    if (server) await new Promise((resolve) => server.close(resolve));
  }
}

async function stored(): Promise<{ logs: number; payloads: number; rolledUp: number; balance: string }> {
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM "RequestLog") AS "logs", (SELECT count(*)::int FROM "RequestPayload") AS "payloads",
       (SELECT coalesce(sum("requests"), 0)::int FROM "Rollup" WHERE "granularity" = 'day') AS "rolledUp",
       (SELECT coalesce(sum("balanceNanoUsd"), 0)::text FROM "CreditBalance") AS "balance"`,
  );
  return rows[0];
}

const PAYLOAD = { request: 'x'.repeat(2000), response: null, requestHeaders: null, responseHeaders: null };
const paid = () => logRecord({ credentialSource: 'credits', payload: PAYLOAD });
const expected = (count: number) => ({
  ...{ logs: count, payloads: count, rolledUp: count },
  balance: String(-1_050_000n * BigInt(count)),
});

test('logs wait on disk while the database is away, and arrive when it is back', async () => {
  journal.settle(paid());
  await writer.flush();
  await cable.unplug();
  for (let n = 0; n < 2000; n++) journal.settle(paid());
  await expect(writer.flush(300)).rejects.toMatchObject({ code: 'unavailable' });
  expect(journal.counters()).toEqual({ accepted: 2001, written: 1, pending: 2000, dead: 0 });
  expect((await readdir(dir, { recursive: true })).filter((name) => name.endsWith('.jsonl')).length).toBeGreaterThan(
    10,
  );
  await expect.poll(() => reports, { timeout: 10_000 }).toHaveLength(1);
  await sleep(700);
  await cable.plugIn();
  await writer.flush(30_000);
  expect(await stored()).toEqual(expected(2001));
  expect(reports).toEqual([expect.stringContaining('cannot be written'), expect.stringContaining('again')]);
});

test('connections that break at any moment, commits included, lose and double nothing', async () => {
  let cuts = 0;
  const done = new AbortController();
  const cutting = (async () => {
    while (!done.signal.aborted) {
      await sleep(3 + ((cuts * 7) % 23));
      cable.cut();
      cuts++;
    }
  })();
  for (let n = 0; n < 3000; n++) {
    journal.settle(paid());
    if (n % 50 === 0) await sleep(2);
  }
  await sleep(1000);
  done.abort();
  await cutting;
  await writer.flush(30_000);
  expect(cuts).toBeGreaterThan(30);
  expect(await stored()).toEqual(expected(3000));
});

test('a server that ends the connection is gone back to', async () => {
  journal.settle(paid());
  await writer.flush();
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'respan logs'`);
  journal.settle(paid());
  await writer.flush();
  expect(await stored()).toEqual(expected(2));
});

test('a writer closes at once while the database is away, and the next start writes what is left', async () => {
  await cable.unplug();
  for (let n = 0; n < 500; n++) journal.settle(paid());
  await sleep(50);
  const began = Date.now();
  await writer.close();
  await journal.close();
  expect(Date.now() - began).toBeLessThan(2000);
  await cable.plugIn();
  journal = await openJournal({ dir, report });
  writer = startLogWriter({ databaseUrl: cable.url, journal, onReport: report });
  await writer.flush(30_000);
  expect(await stored()).toEqual(expected(500));
});
