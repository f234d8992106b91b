import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 45_000;

export interface TestServer {
  url: string;
  dataDir: string;
  pid: number;
  /** What the server has written to its console so far. */
  output(): string;
  /** Stops reading what it writes, as a terminal that is closed does. */
  closeConsole(): void;
  /** Asks it to drain and waits for its end. @returns the exit code */
  stop(): Promise<number | null>;
  /** kill -9: nothing is flushed, and the embedded database is left running for the next server on the same dataDir. */
  kill(): Promise<void>;
  /** Removes the data folder. The server must have stopped. */
  remove(): Promise<void>;
}

/**
 * Starts the real server as `npm start` does, from the production build, with a data folder of its own, an embedded database and the simulator,
 * and waits until it is ready.
 * @param options.dataDir that of an earlier server, to start it again
 * @param options.env added to the server's environment; nothing else of ours reaches it but PATH and HOME
 */
export async function startServer(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'respan-e2e-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['--enable-source-maps', '.next/server.mjs'], {
    env: { ...bareEnvironment(), PORT: String(port), APP_URL: url, DATA_DIR: dataDir, SIMULATOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const exited = once(child, 'exit');
  await untilReady(child, url, () => output).catch(async (error: unknown) => {
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  });
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    closeConsole() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    async stop() {
      child.kill('SIGTERM');
      const ended = await Promise.race([exited.then(() => true), sleep(STOPS_WITHIN_MS, false, { ref: false })]);
      if (!ended) {
        child.kill('SIGKILL');
        throw new Error(`The server did not stop within ${STOPS_WITHIN_MS} ms of SIGTERM. It wrote:\n${output}`);
      }
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, SYSTEMROOT, TEMP, LANG } = process.env;
  return { PATH, HOME, SYSTEMROOT, TEMP, LANG, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode)
      throw new Error(`The server ended while starting. It wrote:\n${output()}`);
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
  throw new Error(`The server was not ready within ${READY_WITHIN_MS} ms. It wrote:\n${output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
