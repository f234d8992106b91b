import { openDatabase } from './support/database';
import { call, expectEveryAnswerLogged, LOAD_KEY, load, loadEnvironment } from './support/load';
import { type Provider, startProvider } from './support/provider';
import { startServer } from './support/server';
import { expect, test } from './support/test';

/** What an answered call must survive: a killed server, a stopped database, and an ordinary restart under load. */

let provider: Provider;
let env: Record<string, string>;

test.beforeAll(async () => {
  provider = await startProvider({ instant: true });
  env = loadEnvironment(provider.url);
});
test.afterAll(() => provider.stop());

test('kill -9 under load loses no log of an answered call', async () => {
  test.setTimeout(180_000);
  let server = await startServer({ env });
  const answered: string[] = [];
  for (let round = 0; round < 3; round++) {
    const traffic = load(server.url, 16);
    await expect.poll(() => traffic.answered.length, { timeout: 30_000 }).toBeGreaterThan(100 + round * 37);
    await server.kill();
    await traffic.stop();
    answered.push(...traffic.answered);
    server = await startServer({ dataDir: server.dataDir, env });
  }
  await expectEveryAnswerLogged(server, answered);
  expect(await server.stop()).toBe(0);
  await server.remove();
});

test('SIGTERM under load drains: every call that began ends, and the exit is clean', async () => {
  test.setTimeout(120_000);
  const server = await startServer({ env });
  const traffic = load(server.url, 8);
  await expect.poll(() => traffic.answered.length, { timeout: 30_000 }).toBeGreaterThan(30);
  const slow = fetch(`${server.url}/api/anthropic/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': LOAD_KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({
      model: 'claude-sonnet-5-5',
      max_tokens: 200,
      stream: true,
      messages: [{ role: 'user', content: 'Take your time. [[fault:stall ms=3000]]' }],
      customer_credentials: { anthropic: { api_key: 'sk-ant-durability' } },
    }),
  });
  await expect.poll(async () => (await slow).status).toBe(200);
  const stopping = server.stop();
  expect(await (await slow).text()).toContain('message_stop');
  expect(await stopping).toBe(0);
  await traffic.stop();
  const again = await startServer({ dataDir: server.dataDir, env });
  await expectEveryAnswerLogged(again, traffic.answered);
  await again.stop();
  await again.remove();
});

test('a database that goes away for a while costs no call and no log', async () => {
  test.setTimeout(120_000);
  const server = await startServer({ env });
  const before = await call(server.url, false);
  expect(before).toBeTruthy();
  const admin = await openDatabase(server.dataDir);
  const traffic = load(server.url, 8);
  await expect.poll(() => traffic.answered.length).toBeGreaterThan(20);
  // Every connection is cut again and again: what a restart or a failover looks like from here.
  for (let round = 0; round < 20; round++) {
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'respan'`,
    );
    await new Promise((done) => setTimeout(done, 100));
  }
  await traffic.stop();
  await admin.end();
  expect(traffic.answered.length).toBeGreaterThan(100);
  await expectEveryAnswerLogged(server, traffic.answered);
  await server.stop();
  await server.remove();
});
