import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Whether a process with this id exists and is no zombie. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The state follows the command in parentheses, which may itself hold spaces and parentheses.
  const state = status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3);
  return !['Z', 'X', ''].includes(state);
}

/** Whether this id belongs to a PostgreSQL server of that data folder, and not to a process that got the number later. */
export async function isPostmasterOf(pid: number, pgdata: string): Promise<boolean> {
  if (!(await isRunning(pid))) return false;
  if (process.platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => pgdata);
    return folder === pgdata;
  }
  return (await commandOf(pid)).includes('postgres');
}

async function commandOf(pid: number): Promise<string> {
  const [command, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']]
      : ['ps', ['-o', 'command=', '-p', String(pid)]];
  const { stdout } = await execute(command, args).catch(() => ({ stdout: '' }));
  return stdout;
}
