import { access, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from './support/database';
import { call, loadEnvironment } from './support/load';
import { startProvider } from './support/provider';
import { startServer } from './support/server';
import { expect, test } from './support/test';

test('says that it is up and ready', async ({ request }) => {
  expect((await request.get('/healthz')).status()).toBe(200);
  expect((await request.get('/readyz')).status()).toBe(200);
});

test('starts again after kill -9, and on SIGTERM ends well and leaves no database running', async () => {
  const killed = await startServer();
  await killed.kill();
  const { dataDir } = killed;
  const again = await startServer({ dataDir });
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  await access(pidFile);
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  expect(await again.stop()).toBe(0);
  await expect(access(pidFile)).rejects.toThrow('ENOENT');
  await expect(fetch(`${again.url}/healthz`)).rejects.toThrow();
  await again.remove();
});

test('a console that nobody reads any more costs nothing', async () => {
  test.skip(process.platform !== 'linux', 'reads the CPU time from /proc');
  const provider = await startProvider({ instant: true });
  const server = await startServer({ env: loadEnvironment(provider.url) });
  server.closeConsole();
  // Something to say: the writer loses its connections.
  const database = await openDatabase(server.dataDir);
  for (let round = 0; round < 10; round++) {
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'respan'`,
    );
    await call(server.url, false);
  }
  await database.end();
  expect(await call(server.url, false)).toBeTruthy();
  const cpuTicks = async () => {
    const fields = (await readFile(`/proc/${server.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  await new Promise((done) => setTimeout(done, 2000));
  const before = await cpuTicks();
  await new Promise((done) => setTimeout(done, 4000));
  // A hundred ticks are a second: an idle server uses a few, one that loops uses hundreds.
  expect((await cpuTicks()) - before).toBeLessThan(100);
  expect(await server.stop()).toBe(0);
  await server.remove();
  await provider.stop();
});

test('with a database of its own, says which secrets are missing and how to make them', async () => {
  const start = startServer({
    env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: 'test-results/unused' },
  });
  await expect(start).rejects.toThrow(/ENCRYPTION_KEY and NEXTAUTH_SECRET must be set.*openssl rand -hex 32/s);
});

test('a setting that is wrong is named, without its value', async () => {
  const start = startServer({ env: { ENCRYPTION_KEY: 'not-a-key' } });
  await expect(start).rejects.toThrow('ENCRYPTION_KEY: must be 64 hexadecimal digits');
  await expect(start).rejects.not.toThrow('not-a-key');
});
