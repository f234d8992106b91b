import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Each process has its own folder "<startedAt>-<pid>-<random>" with an owner file. A folder whose owner is dead is taken
 * over by renaming it to "<folder>@<new owner>": of several that try, the file system lets one.
 */
export interface Home {
  readonly name: string;
  readonly path: string;
}

const OWNER_FILE = 'owner.json';
/** How long after its last sign of life the process of another machine or container counts as dead. */
const SILENCE_MS = 30_000;

const ownerSchema = z.object({ host: z.string(), pid: z.number().int(), bornAt: z.string().nullable() });
type Owner = z.infer<typeof ownerSchema>;

/** Makes this process's folder. It appears complete, owner file and all, so that nobody takes it for a dead one's. */
export function openHome(dir: string): Home {
  const name = `${Date.now()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const path = join(dir, name);
  const draft = join(dir, `draft-${name}`);
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(join(draft, OWNER_FILE), JSON.stringify(thisProcess()), { mode: 0o600 });
  renameSync(draft, path);
  return { name, path };
}

/** A sign of life, to be given every few seconds. */
export function beat(home: Home): void {
  const now = new Date();
  utimesSync(join(home.path, OWNER_FILE), now, now);
}

/** Takes over the folders of dead processes. @returns their new paths */
export function claimDead(dir: string, home: Home): string[] {
  const claimed: string[] = [];
  for (const folder of readdirSync(dir)) {
    const match = /^(\d+-\d+-[0-9a-f]{8})(?:@(\d+-\d+-[0-9a-f]{8}))?$/.exec(folder);
    const origin = match?.[1];
    const owner = match?.[2] ?? origin;
    if (!origin || !owner || owner === home.name || isAlive(join(dir, owner))) continue;
    const path = join(dir, `${origin}@${home.name}`);
    try {
      renameSync(join(dir, folder), path);
      claimed.push(path);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return claimed;
}

/** Gives the folder up: with what is left in it, it is a dead process's from now on. */
export function leaveHome(home: Home): void {
  rmSync(join(home.path, OWNER_FILE), { force: true });
  if (readdirSync(home.path).length === 0) rmSync(home.path, { recursive: true });
}

function isAlive(path: string): boolean {
  try {
    const file = join(path, OWNER_FILE);
    const owner = ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const silent = Date.now() - statSync(file).mtimeMs > SILENCE_MS;
    // Process ids mean nothing across machines and containers; where the start time is known they are certain.
    if (owner.host !== thisProcess().host) return !silent;
    return isRunning(owner) && (owner.bornAt !== null || !silent);
  } catch {
    return false;
  }
}

function isRunning({ pid, bornAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return bornAt === null || startOf(pid) === bornAt;
}

let self: Owner | undefined;

function thisProcess(): Owner {
  self ??= { host: `${hostname()} ${pidNamespace()}`, pid: process.pid, bornAt: startOf(process.pid) };
  return self;
}

/** When a process started, in ticks since boot, so that a reused process id is told apart. Linux only, else null. */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const isZombie = fields[0] === 'Z' || fields[0] === 'X';
    return isZombie ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTEMPTY');
}
