import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './processes';

const HEARTBEAT_MS = 1000;
const STALE_AFTER_MS = 10_000;
const GIVE_UP_AFTER_MS = 120_000;

/** Runs `work` while holding the lock file: one process at a time, and a holder that died is replaced. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path);
  const heartbeat = setInterval(() => void touch(path), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (!(await create(path))) {
    if (Date.now() > deadline) throw new Error(`Another process has held ${path} for too long. Stop it and try again.`);
    // Removing a dead holder's lock is itself done by one process at a time, or the second would remove the first one's new lock.
    if ((await isStale(path)) && (await create(`${path}.takeover`))) {
      if (await isStale(path)) await rm(path, { force: true });
      await rm(`${path}.takeover`, { force: true });
    } else if (await isOld(`${path}.takeover`)) {
      await rm(`${path}.takeover`, { force: true });
    }
    await sleep(50);
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  // The age catches what the process id cannot: an id in use again by somebody else, as after a container restart.
  return (holder > 0 && !(await isRunning(holder))) || (await isOld(path));
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > STALE_AFTER_MS;
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}
