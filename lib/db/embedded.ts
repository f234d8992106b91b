import { randomBytes } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { accountFor } from './embedded/account';
import { findBinaries } from './embedded/binaries';
import { type Cluster, clusterExists, configureCluster, createCluster, run } from './embedded/cluster';
import { withLock } from './embedded/lock';
import { isPostmasterOf, isRunning } from './embedded/processes';

const READY_WITHIN_MS = 60_000;
const MAX_LOG_BYTES = 10_000_000;
const DATABASE = 'respan';

const connectionSchema = z.object({ port: z.number().int(), password: z.string().min(1), ownerPid: z.number().int() });
type Connection = z.infer<typeof connectionSchema>;

export interface EmbeddedPostgres {
  url: string;
  /** Stops the server if this process owns it: it started it, or took it over from a starter that died. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, in `<dataDir>/postgres`, or adopts the one that already runs there.
 * Loopback only, on a free port, with a random password; both are kept in `<dataDir>/postgres.json`.
 * @param options.durable false trades safety against power loss for speed, for tests
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: { durable?: boolean } = {},
): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const home = await realpath(dataDir);
  return withLock(join(home, 'postgres.lock'), async () => {
    const cluster = await openCluster(home);
    const running = await findRunning(cluster, home);
    const connection = running ?? (await start(cluster, home, options.durable ?? true));
    const owned = !running || !(await isRunning(running.ownerPid));
    if (running && owned) await saveConnection(home, { ...running, ownerPid: process.pid });
    if (!running) await ensureDatabase(connection);
    let stopped = !owned;
    return {
      url: urlOf(connection, DATABASE),
      async stop() {
        if (stopped) return;
        stopped = true;
        await stopEmbeddedPostgres(home);
      },
    };
  });
}

/** Stops the server of a data folder, whoever started it. Does nothing when none runs. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const home = await realpath(dataDir);
  await withLock(join(home, 'postgres.lock'), async () => {
    const cluster = await openCluster(home);
    if (!(await postmasterPid(cluster.pgdata))) return;
    await run(cluster, cluster.binaries.pgCtl, ['stop', '-D', cluster.pgdata, '-m', 'fast', '-w', '-t', '60']);
  });
}

async function openCluster(home: string): Promise<Cluster> {
  const pgdata = join(home, 'postgres');
  const log = join(home, 'postgres.log');
  if ((await stat(log).catch(() => ({ size: 0 }))).size > MAX_LOG_BYTES) await truncate(log);
  const binaries = await findBinaries();
  return { pgdata, log, binaries, account: await accountFor(pgdata, binaries.pgCtl) };
}

/** The running server of this folder, once it answers; undefined when none runs or the one that did is shutting down. */
async function findRunning(cluster: Cluster, home: string): Promise<Connection | undefined> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (await postmasterPid(cluster.pgdata)) {
    const connection = await readConnection(home);
    if (connection && (await answers(connection))) return connection;
    if (Date.now() > deadline) {
      throw new Error(`A PostgreSQL runs in ${cluster.pgdata} but does not answer. Stop it and start Respan again.`);
    }
    await sleep(50);
  }
  return undefined;
}

/** The id of the living server of this folder. A pid file left by a dead one is cleared: PostgreSQL would trust it. */
async function postmasterPid(pgdata: string): Promise<number | undefined> {
  const file = join(pgdata, 'postmaster.pid');
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  const pid = Number.parseInt(content, 10);
  if (pid > 0 && (await isPostmasterOf(pid, pgdata))) return pid;
  await rm(file, { force: true });
  return undefined;
}

async function start(cluster: Cluster, home: string, durable: boolean): Promise<Connection> {
  const exists = await clusterExists(cluster.pgdata);
  const password = exists ? (await readConnection(home))?.password : randomBytes(24).toString('hex');
  if (!password) {
    throw new Error(
      `${join(home, 'postgres.json')} is missing: it holds the password of the database beside it. Restore it.`,
    );
  }
  await saveConnection(home, { port: 0, password, ownerPid: process.pid });
  if (!exists) await createCluster(cluster, password);
  for (let attempt = 1; ; attempt += 1) {
    const connection = { port: await freePort(), password, ownerPid: process.pid };
    await saveConnection(home, connection);
    await configureCluster(cluster, connection.port, durable);
    try {
      await run(cluster, cluster.binaries.pgCtl, ['start', '-D', cluster.pgdata, '-l', cluster.log, '-w', '-t', '60']);
      return connection;
    } catch (error) {
      // The port was taken meanwhile, or sessions of a killed server are still on their way out.
      const passing = error instanceof Error && /could not bind|pre-existing shared memory/.test(error.message);
      if (!passing || attempt >= 20) throw error;
      await sleep(500);
    }
  }
}

async function ensureDatabase(connection: Connection): Promise<void> {
  const client = new Client({ connectionString: urlOf(connection, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function answers(connection: Connection): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(connection, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function readConnection(home: string): Promise<Connection | undefined> {
  const text = await readFile(join(home, 'postgres.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : connectionSchema.parse(JSON.parse(text));
}

async function saveConnection(home: string, connection: Connection): Promise<void> {
  const file = join(home, 'postgres.json');
  await writeFile(`${file}.new`, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function urlOf({ port, password }: Connection, database: string): string {
  return `postgres://respan:${password}@127.0.0.1:${port}/${database}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}
