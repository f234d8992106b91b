import { execFile } from 'node:child_process';
import { chmod, chown, readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * As whom PostgreSQL's programs run: it refuses root.
 * `prefix` comes before each command line, `uid` and `gid` are for spawn.
 */
export interface Account {
  prefix: readonly string[];
  uid?: number;
  gid?: number;
}

/** Chooses the account for a data folder, which need not exist yet. */
export async function accountFor(pgdata: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const existing = await stat(pgdata).catch(() => undefined);
  if (existing && existing.uid !== 0) return { prefix: [], uid: existing.uid, gid: existing.gid };
  const user = await ordinaryUser();
  const prefix = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`];
  // In a user namespace root is an ordinary user to PostgreSQL, and its files stay root's outside.
  if (await runs([...prefix, 'true'])) return { prefix };
  return { prefix: [], ...user };
}

/** Gives a file or folder to the account, where that is somebody else. */
export async function handOver(path: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

/** Gives a data folder to the account, which is needed where it was made as root's in a user namespace that is no longer to be had. */
export async function handOverFolder(folder: string, account: Account): Promise<void> {
  if (account.uid === undefined || (await stat(folder)).uid === account.uid) return;
  await execute('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
}

/** Lets the account pass through our data folder, without reading it. */
export async function letThrough(folder: string, account: Account): Promise<void> {
  if (account.uid !== undefined) await chmod(folder, 0o711);
}

/** initdb looks its user up by number, so it must be one that the system knows. */
async function ordinaryUser(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const users = lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });
  const ordinary = users.filter((user) => user.uid > 0 && Number.isInteger(user.gid));
  const chosen =
    ordinary.find((user) => user.uid === 1000) ?? ordinary.find((user) => user.name === 'nobody') ?? ordinary[0];
  if (!chosen) {
    throw new Error(
      'PostgreSQL does not run as root, and this system has no other user. ' +
        'Start Respan as an ordinary user, or set DATABASE_URL.',
    );
  }
  return { uid: chosen.uid, gid: chosen.gid };
}

async function runs([command = '', ...args]: string[]): Promise<boolean> {
  return execute(command, args).then(
    () => true,
    () => false,
  );
}
