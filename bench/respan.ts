import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { provideEnv } from '@/lib/env';
import { SERVER_BUNDLE, SERVER_NODE_ARGS } from '../scripts/lib/prepare.mjs';
import { ROOT } from '../scripts/lib/run.mjs';
import { connectProvider } from './support/connect-provider';
import { Logs } from './support/logs';

const READY_WITHIN_MS = 120_000;
const API_KEY = 'benchkey.0123456789abcdefghijABCDEFGHIJ12';

export interface Respan {
  readonly port: number;
  readonly pid: number;
  readonly postmasterPid: number | null;
  readonly apiKey: string;
  readonly logs: Logs;
  /** Drains it, stops its database and removes everything it wrote. */
  stop(): Promise<void>;
}

/**
 * Starts the real server on the production build with a database of its own, and connects a provider key:
 * authentication, routing, metering, prices and full logs with bodies are on, as they are for everybody.
 * @param upstreamUrl where it finds the provider
 * @param nodeArgs for Node itself, before the script
 */
export async function startRespan(upstreamUrl: string, nodeArgs: readonly string[] = []): Promise<Respan> {
  const dataDir = await mkdtemp(join(tmpdir(), 'respan-bench-'));
  const port = await freePort();
  const secrets = { ENCRYPTION_KEY: randomBytes(32).toString('hex'), NEXTAUTH_SECRET: randomBytes(32).toString('hex') };
  const child = spawn(process.execPath, [...SERVER_NODE_ARGS, ...nodeArgs, SERVER_BUNDLE], {
    cwd: ROOT,
    env: environment({ ...secrets, port, dataDir, upstreamUrl }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(createWriteStream(join(dataDir, 'server.log')));
  child.stderr.pipe(process.stderr);
  try {
    await untilReady(child, port);
    const databaseUrl = await databaseUrlOf(dataDir);
    provideEnv({ ...secrets, DATABASE_URL: databaseUrl, ANTHROPIC_BASE_URL: upstreamUrl });
    await connectProvider(API_KEY);
    const logs = await Logs.open(databaseUrl);
    return {
      port,
      pid: child.pid ?? 0,
      postmasterPid: await postmasterPid(dataDir),
      apiKey: API_KEY,
      logs,
      async stop() {
        await logs.close();
        await end(child, dataDir);
      },
    };
  } catch (error) {
    await end(child, dataDir);
    throw error;
  }
}

async function end(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/** Nothing of the person's own settings: a benchmark must not fill their database. */
function environment(given: {
  ENCRYPTION_KEY: string;
  NEXTAUTH_SECRET: string;
  port: number;
  dataDir: string;
  upstreamUrl: string;
}) {
  const { PATH, HOME, SYSTEMROOT, TEMP, TMPDIR, LANG } = process.env;
  const { port, dataDir, upstreamUrl, ...secrets } = given;
  return {
    ...{ PATH, HOME, SYSTEMROOT, TEMP, TMPDIR, LANG, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    ...{ PORT: String(port), APP_URL: `http://127.0.0.1:${port}`, DATA_DIR: dataDir, SIMULATOR: '0', ...secrets },
    ANTHROPIC_BASE_URL: upstreamUrl,
    RESPAN_INIT_EMAIL: 'bench@example.com',
    RESPAN_INIT_PASSWORD: randomBytes(16).toString('hex'),
    RESPAN_INIT_API_KEY: API_KEY,
  } satisfies NodeJS.ProcessEnv;
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error('The server ended while starting.');
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`The server was not ready within ${READY_WITHIN_MS / 1000} s.`);
}

const connectionSchema = z.object({ port: z.number(), password: z.string() });

async function databaseUrlOf(dataDir: string): Promise<string> {
  const { port, password } = connectionSchema.parse(JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')));
  return `postgres://respan:${password}@127.0.0.1:${port}/respan`;
}

async function postmasterPid(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || null;
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
