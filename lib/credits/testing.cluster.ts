import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('./testing.server.ts', import.meta.url));

export interface Cluster {
  /** One address for each process. */
  readonly urls: readonly string[];
  /** Lets them write what they have, and go. */
  stop(): Promise<void>;
  /** They end at once, as when the machine does. */
  kill(): Promise<void>;
}

/** Several gateway processes on the test's database. @param env added to this process's own */
export async function startCluster(count: number, env: Record<string, string>): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'respan-credits-'));
  const processes = Array.from({ length: count }, (_, index) =>
    spawn(process.execPath, ['--import', 'tsx', SERVER, join(folder, String(index))], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    }),
  );
  const urls = await Promise.all(processes.map(async (child) => `http://127.0.0.1:${await firstLine(child)}`));
  const end = async (signal: NodeJS.Signals) => {
    await Promise.all(
      processes.map(async (child) => {
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
      }),
    );
    await rm(folder, { recursive: true });
  };
  return { urls, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The process has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The process ended before it listened.');
}
