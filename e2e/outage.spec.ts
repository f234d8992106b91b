import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openGate } from './support/gate';
import { expectEveryAnswerLogged, load, loadEnvironment } from './support/load';
import { startProvider } from './support/provider';
import { startServer, type TestServer } from './support/server';
import { expect, test } from './support/test';

const AWAY_MS = 60_000;

test('a database that is stopped for a minute under load costs no call and no log', async () => {
  test.setTimeout(240_000);
  const provider = await startProvider({ instant: true });
  const host = await startServer();
  const { port, password } = JSON.parse(await readFile(join(host.dataDir, 'postgres.json'), 'utf8'));
  const gate = await openGate(port);
  let server: TestServer | undefined;
  try {
    server = await startServer({
      env: {
        ...loadEnvironment(provider.url),
        DATABASE_URL: `postgres://respan:${password}@127.0.0.1:${gate.port}/respan`,
        ENCRYPTION_KEY: randomBytes(32).toString('hex'),
        NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
      },
    });
    const traffic = load(server.url, 6);
    await expect.poll(() => traffic.answered.length, { timeout: 30_000 }).toBeGreaterThan(50);
    await gate.close();
    const before = traffic.answered.length;
    await sleep(AWAY_MS);
    // Keys that were known go on being known.
    expect(traffic.answered.length).toBeGreaterThan(before + 100);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(Number(/^respan_logs_pending (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(100);
    await gate.open();
    await traffic.stop();
    await expectEveryAnswerLogged(host, traffic.answered);
  } finally {
    await server?.stop();
    await server?.remove();
    await gate.close();
    await host.stop();
    await host.remove();
    await provider.stop();
  }
});
