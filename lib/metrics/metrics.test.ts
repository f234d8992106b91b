import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createRegistry } from './registry';
import { serveMetrics } from './serve';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that tells what it counts, as the product's does. */
async function serving(token?: string, read?: () => Promise<string>): Promise<string> {
  const counters = { accepted: 12, written: 9, pending: 2, dead: 1 };
  const registry = createRegistry(() => counters);
  const server = createServer(
    (request, response) => void serveMetrics(request, response, registry, token, read ?? (() => registry.metrics())),
  ).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/metrics`;
}

test('tells the log store’s counters and the process, twice the same', async () => {
  const url = await serving();
  for (let n = 0; n < 2; n++) {
    const response = await fetch(url);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of ['accepted_total 12', 'written_total 9', 'dead_total 1', 'pending 2'])
      expect(text).toContain(`\nrespan_logs_${line}\n`);
    expect(text).toMatch(/\nprocess_resident_memory_bytes \d+/);
    expect(text).toMatch(/\nnodejs_eventloop_lag_p99_seconds /);
  }
});

test('without a token a proxy’s visitors learn nothing', async () => {
  const url = await serving();
  const response = await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(response.status).toBe(403);
  expect(await response.text()).not.toContain('respan_logs');
});

test('with a token nobody learns anything without it', async () => {
  const url = await serving('a-token-of-16-chars');
  for (const authorization of ['', 'Bearer a-token-of-16-char', 'a-token-of-16-chars', 'Bearer'])
    expect((await fetch(url, { headers: { authorization } })).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: 'Bearer a-token-of-16-chars' } })).status).toBe(200);
});

test('what can’t be read is said, not half told', async () => {
  const url = await serving(undefined, () => Promise.reject(new Error('secret cause')));
  const response = await fetch(url);
  expect(response.status).toBe(503);
  expect(await response.text()).toBe('The metrics could not be read. Try again.\n');
});
