import { execFileSync } from 'node:child_process';
import { expectEveryAnswerLogged, load, loadEnvironment } from './support/load';
import { startProvider } from './support/provider';
import { startServer } from './support/server';
import { expect, test } from './support/test';

test('several processes share one port, and one that is killed is replaced without losing a log', async () => {
  test.setTimeout(180_000);
  const provider = await startProvider({ instant: true });
  const env = { ...loadEnvironment(provider.url), WORKERS: '2' };
  const server = await startServer({ env });
  const traffic = load(server.url, 12);
  await expect.poll(() => traffic.answered.length, { timeout: 30_000 }).toBeGreaterThan(60);
  const workers = () =>
    execFileSync('ps', ['-eo', 'pid,ppid,args'])
      .toString()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, parent, ...args]) => Number(parent) === server.pid && args.join(' ').includes('server.mjs'))
      .map(([pid]) => Number(pid));
  const before = workers();
  expect(before).toHaveLength(2);
  process.kill(before[0] ?? 0, 'SIGKILL');
  await expect.poll(() => workers().filter((pid) => !before.includes(pid)).length, { timeout: 20_000 }).toBe(1);
  const answeredBefore = traffic.answered.length;
  await expect.poll(() => traffic.answered.length, { timeout: 30_000 }).toBeGreaterThan(answeredBefore + 60);
  await traffic.stop();
  await expectEveryAnswerLogged(server, traffic.answered);
  // A scrape reaches one process and tells of all: the one that was killed took its count with it, its logs are adopted.
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const [, accepted] = /^respan_logs_accepted_total (\d+)$/m.exec(metrics) ?? [];
  expect(Number(accepted)).toBeGreaterThan(60);
  expect(metrics).toMatch(/^respan_logs_pending 0$/m);
  expect(await server.stop()).toBe(0);
  expect(workers()).toEqual([]);
  await server.remove();
  await provider.stop();
});
