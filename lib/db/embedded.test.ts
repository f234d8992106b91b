import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'respan embedded '));
});

afterEach(async () => {
  await stopEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, maxRetries: 3 });
});

async function query(url: string, statement: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const result = await client.query({ text: statement, rowMode: 'array' }).finally(() => client.end());
  return result.rows;
}

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

async function writePidFile(pid: number): Promise<void> {
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${pid}\n${join(dataDir, 'postgres')}\n`);
}

async function killHard({ url }: EmbeddedPostgres): Promise<void> {
  process.kill(await postmasterPid(), 'SIGKILL');
  await expect.poll(() => query(url, 'SELECT 1').catch(() => 'down')).toBe('down');
}

test('starts on loopback with a password that only the owner of the folder can read, and is adopted by a second starter', async () => {
  const first = await startEmbeddedPostgres(dataDir);
  expect(new URL(first.url).hostname).toBe('127.0.0.1');
  expect(await query(first.url, 'SHOW listen_addresses')).toEqual([['127.0.0.1']]);
  expect(await query(first.url, 'SHOW synchronous_commit')).toEqual([['on']]);
  expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
  const wrong = new URL(first.url);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');

  const second = await startEmbeddedPostgres(dataDir);
  expect(second.url).toBe(first.url);
  await second.stop();
  expect(await query(first.url, 'SELECT 1')).toEqual([[1]]);

  await first.stop();
  await first.stop();
  await expect(query(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

test('two starters at once get one server', async () => {
  const [a, b] = await Promise.all([startEmbeddedPostgres(dataDir), startEmbeddedPostgres(dataDir)]);
  expect(a.url).toBe(b.url);
});

test('a server that was killed comes back with everything committed', async () => {
  const killed = await startEmbeddedPostgres(dataDir);
  await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await killHard(killed);
  const restarted = await startEmbeddedPostgres(dataDir);
  expect(await query(restarted.url, 'SELECT answer FROM kept')).toEqual([[42]]);
});

test('a pid file that names somebody else’s process does not stop a start', async () => {
  await killHard(await startEmbeddedPostgres(dataDir));
  await writePidFile(process.pid);
  const restarted = await startEmbeddedPostgres(dataDir);
  expect(await query(restarted.url, 'SELECT 1')).toEqual([[1]]);
});

test.runIf(process.platform === 'linux')('nor does one that names a zombie', async () => {
  await killHard(await startEmbeddedPostgres(dataDir));
  // The shell's child ends while its parent, by then another program, never asks for its status.
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [output] = await once(parent.stdout, 'data');
  await writePidFile(Number(output));
  const restarted = await startEmbeddedPostgres(dataDir);
  expect(await query(restarted.url, 'SELECT 1')).toEqual([[1]]);
  parent.kill();
});

test('whoever adopts the server of a killed starter stops it at the end', async () => {
  const program = `import { startEmbeddedPostgres } from './lib/db/embedded.ts';
    await startEmbeddedPostgres(${JSON.stringify(dataDir)}); console.log('up'); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(starter.stdout, 'data');
  const exited = once(starter, 'exit');
  starter.kill('SIGKILL');
  await exited;

  const heir = await startEmbeddedPostgres(dataDir);
  expect(await query(heir.url, 'SELECT 1')).toEqual([[1]]);
  await heir.stop();
  await expect(query(heir.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'as root without user namespaces it runs as an ordinary user, below a closed folder too',
  async () => {
    const tools = join(dataDir, 'tools');
    await mkdir(tools);
    await writeFile(join(tools, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    vi.stubEnv('PATH', `${tools}:${process.env.PATH}`);
    const inner = join(dataDir, 'inner');
    const server = await startEmbeddedPostgres(inner);
    expect(await query(server.url, 'SELECT 1')).toEqual([[1]]);
    expect((await stat(join(inner, 'postgres'))).uid).toBeGreaterThan(0);
    await server.stop();
    vi.unstubAllEnvs();
    // What was made that way goes on where user namespaces are to be had.
    const again = await startEmbeddedPostgres(inner);
    expect(await query(again.url, 'SELECT 1')).toEqual([[1]]);
    await again.stop();
  },
);

test('says what to do with a folder of another major version', async () => {
  const server = await startEmbeddedPostgres(dataDir);
  await server.stop();
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
  await expect(startEmbeddedPostgres(dataDir)).rejects.toThrow(/written by PostgreSQL 17.*set DATABASE_URL/);
});
