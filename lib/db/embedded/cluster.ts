import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Account, handOver, handOverFolder } from './account';
import type { PostgresBinaries } from './binaries';

const VERSION = '18';

/** Where everything of one embedded server lies. */
export interface Cluster {
  /** PostgreSQL's own data folder. */
  pgdata: string;
  log: string;
  binaries: PostgresBinaries;
  account: Account;
}

/**
 * Makes the data folder with initdb. It appears whole or not at all: a start that was killed half way leaves nothing to repair.
 */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const { account, binaries, pgdata } = cluster;
  const fresh = `${pgdata}.new`;
  const passwordFile = `${pgdata}.password`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await handOver(fresh, account);
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    await handOver(passwordFile, account);
    await run(cluster, binaries.initdb, [
      ...['-D', fresh, '--username=respan', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(fresh, pgdata);
}

/**
 * Whether the data folder is there.
 * @throws Error when another major version of PostgreSQL wrote it
 */
export async function clusterExists(pgdata: string): Promise<boolean> {
  const version = await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) return false;
  if (version.trim() === VERSION) return true;
  throw new Error(
    `${pgdata} was written by PostgreSQL ${version.trim()}, and the embedded one is ${VERSION}. ` +
      'Move the folder away to begin anew, or run that version yourself and set DATABASE_URL.',
  );
}

/** Writes the whole configuration, so that a newer Respan's settings hold at its first start. */
export async function configureCluster(cluster: Cluster, port: number, durable: boolean): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 60,
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    // Statements and the details of an error hold values; they stay out of the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  await handOverFolder(cluster.pgdata, cluster.account);
  const file = join(cluster.pgdata, 'postgresql.conf');
  await writeFile(file, `# Written by Respan at every start; changes here are lost.\n${lines.join('\n')}\n`, {
    mode: 0o600,
  });
  await handOver(file, cluster.account);
}

/**
 * Runs one of PostgreSQL's programs to its end; its output goes to the server's log.
 * @throws Error with what it wrote to the log
 */
export async function run(cluster: Cluster, program: string, args: string[]): Promise<void> {
  const { account, log } = cluster;
  const file = await open(log, 'a', 0o600);
  await handOver(log, account);
  const before = (await stat(log)).size;
  // The locale of whoever starts Respan may be unknown to PostgreSQL.
  const locale = process.platform === 'win32' ? [] : ['env', 'LC_ALL=C'];
  const [command = program, ...rest] = [...account.prefix, ...locale, program, ...args];
  try {
    const child = spawn(command, rest, {
      stdio: ['ignore', file.fd, file.fd],
      uid: account.spawnAs?.uid,
      gid: account.spawnAs?.gid,
      // The account need not be able to stand where Respan was started.
      cwd: dirname(log),
      windowsHide: true,
      // Ctrl-C in a terminal reaches the whole process group; the database is stopped by us, after us.
      detached: process.platform !== 'win32',
    });
    const [code] = await once(child, 'exit');
    if (code === 0) return;
  } catch (cause) {
    throw new Error(`${program} does not run on this system. Set DATABASE_URL to use another PostgreSQL.`, { cause });
  } finally {
    await file.close();
  }
  const output = (await readFile(log)).subarray(before).toString().trim();
  throw new Error(`The embedded PostgreSQL failed. Its log, ${log}, says:\n${output.slice(-2000)}${hint(cluster)}`);
}

function hint({ account, pgdata }: Cluster): string {
  if (!account.owner) return '';
  return `\nPostgreSQL does not run as root, so it ran as user ${account.owner.uid}, who must be able to reach ${pgdata}. Start Respan as an ordinary user, or set DATA_DIR to such a place, or DATABASE_URL.`;
}
