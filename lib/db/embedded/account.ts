import { execFile } from 'node:child_process';
import { chmod, chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

interface User {
  uid: number;
  gid: number;
}

/** As whom PostgreSQL's programs run: it refuses root. */
export interface Account {
  /** What comes before each command line. */
  prefix: readonly string[];
  /** Who must own its files, where that is not whoever runs Respan. */
  owner?: User;
  /** As whom to spawn, where the prefix does not see to it. */
  spawnAs?: User;
}

/**
 * Chooses the account for a data folder, which need not exist yet.
 * @param program one of PostgreSQL's, which the account must be able to run
 */
export async function accountFor(pgdata: string, program: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const existing = await stat(pgdata).catch(() => undefined);
  if (existing && existing.uid !== 0) return dropTo({ uid: existing.uid, gid: existing.gid }, pgdata, program);
  const user = await ordinaryUser();
  const prefix = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`];
  // In a user namespace root is an ordinary user to PostgreSQL, and its files stay root's outside.
  if (await runs([...prefix, 'true'])) return { prefix };
  return dropTo(user, pgdata, program);
}

async function dropTo(owner: User, pgdata: string, program: string): Promise<Account> {
  const home = dirname(pgdata);
  // The user may pass through our data folder, without reading it.
  await chmod(home, 0o711);
  const reaches = (await runs(['test', '-x', home], owner)) && (await runs(['test', '-x', program], owner));
  if (reaches) return { prefix: [], owner, spawnAs: owner };
  // A project below a closed folder such as /root: the user is let past it by this one capability.
  const prefix = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const capable = [...prefix, '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  if (await runs([...capable, 'test', '-x', program])) return { prefix: capable, owner };
  return { prefix: [], owner, spawnAs: owner };
}

/** Gives a file or folder to the account, where that is somebody else. */
export async function handOver(path: string, account: Account): Promise<void> {
  if (account.owner) await chown(path, account.owner.uid, account.owner.gid);
}

/** Gives a data folder to the account, which is needed where it was made as root's in a user namespace that is no longer to be had. */
export async function handOverFolder(folder: string, { owner }: Account): Promise<void> {
  if (!owner || (await stat(folder)).uid === owner.uid) return;
  await execute('chown', ['-R', `${owner.uid}:${owner.gid}`, folder]);
}

/** initdb looks its user up by number, so it must be one that the system knows. */
async function ordinaryUser(): Promise<User> {
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

async function runs([command = '', ...args]: string[], user?: User): Promise<boolean> {
  return execute(command, args, { uid: user?.uid, gid: user?.gid }).then(
    () => true,
    () => false,
  );
}
