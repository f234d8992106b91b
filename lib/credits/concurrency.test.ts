import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pool } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { KEY, send, startProvider, type TestServer } from '@/lib/gateway/testing';
import { ensureKey } from '@/lib/keys/ensure';
import { appendCredit } from './append';
import { releaseAbandoned } from './reservations';
import { ledgerOf } from './testing';
import { type Cluster, startCluster } from './testing.cluster';

/** A call's answer: 500 tokens of claude-opus-5-5 are a cent. */
const OUTPUT_TOKENS = 500;
const CENT = 10_000_000n;
const CALLS = 500;
const PAID_FOR = 50n;

let database: TestDatabase;
let provider: TestServer;
let organizationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  provider = await startProvider(({ body }, response) => {
    const { stream, max_tokens } = JSON.parse(body.toString());
    const outputTokens = Math.min(max_tokens, OUTPUT_TOKENS);
    void (stream ? streamed(response, outputTokens) : whole(response, outputTokens));
  });
});
afterAll(async () => {
  await provider.close();
  await database.drop();
});
beforeEach(async () => {
  organizationId = uuidv7();
  await pool().query('DELETE FROM "ApiKey"');
  await pool().query('INSERT INTO "Organization" ("id", "name") VALUES ($1, $2)', [organizationId, 'Acme']);
  await ensureKey({ organizationId, presented: KEY });
  // What the prompt costs comes on top: eight tokens of input are $0.000032.
  await deposit(PAID_FOR * (CENT + 32_000n));
});

type Response = Parameters<Parameters<typeof startProvider>[0]>[1];
const INPUT = { input_tokens: 8 };
const message = { type: 'message', role: 'assistant', model: 'claude-opus-5-5', content: [] };

async function whole(response: Response, outputTokens: number): Promise<void> {
  await sleep(50);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ ...message, stop_reason: 'end_turn', usage: { ...INPUT, output_tokens: outputTokens } }),
  );
}

async function streamed(response: Response, outputTokens: number): Promise<void> {
  const event = (data: { type: string }) => response.write(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  event({ type: 'message_start', ...{ message: { ...message, usage: { ...INPUT, output_tokens: 1 } } } });
  for (let sent = 0; sent < outputTokens && !response.destroyed; sent += 25) {
    event({ type: 'content_block_delta', ...{ index: 0, delta: { type: 'text_delta', text: 'word'.repeat(25) } } });
    await sleep(2);
  }
  event({ type: 'message_delta', ...{ delta: { stop_reason: 'end_turn' }, usage: { output_tokens: outputTokens } } });
  event({ type: 'message_stop' });
  response.end();
}

function deposit(amountNanoUsd: bigint) {
  return inTransaction((on) =>
    appendCredit({ organizationId, type: 'purchase', amountNanoUsd, description: 'Top-up' }, on),
  );
}

const environment = () => ({ ANTHROPIC_API_KEY: 'sk-ant-platform-key-0000', ANTHROPIC_BASE_URL: provider.url });

function call(cluster: Cluster, n: number, stream: boolean) {
  const body = {
    model: 'claude-opus-5-5',
    max_tokens: 2000,
    stream,
    messages: [{ role: 'user', content: `Say ${n}` }],
  };
  return send(`${cluster.urls[n % cluster.urls.length]}/api/anthropic/v1/messages`, {
    headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function atOnce(kind: (n: number) => boolean): Promise<{ served: number; refused: number }> {
  const cluster = await startCluster(4, environment());
  const answers = await Promise.all(Array.from({ length: CALLS }, (_, n) => call(cluster, n, kind(n))));
  await cluster.stop();
  const complete = answers.filter(({ status, body }) => status === 200 && !body.includes('event: error'));
  return { served: complete.length, refused: answers.filter(({ status }) => status === 402).length };
}

describe('500 calls at once, in four processes, against credits for 50', () => {
  for (const [name, kind] of [
    ['whole answers', () => false],
    ['streams', () => true],
    ['both', (n: number) => n % 3 !== 0],
  ] as const) {
    test(`${name}: at least 45 are served, and what is left is between nothing and a cent`, async () => {
      const { served, refused } = await atOnce(kind);
      expect(served).toBeGreaterThanOrEqual(45);
      expect(served + refused).toBeGreaterThanOrEqual(CALLS - 5);
      const { balance, sum, reserved, held } = await ledgerOf(organizationId);
      expect(balance).toBe(sum);
      expect([reserved, held]).toEqual([0n, 0n]);
      expect(Number(balance) / Number(CENT)).toBeGreaterThanOrEqual(0);
      expect(Number(balance) / Number(CENT)).toBeLessThanOrEqual(1);
    }, 120_000);
  }
});

test('what a process that died has held is released by time, and its calls cost nothing', async () => {
  const cluster = await startCluster(1, environment());
  const calls = Array.from({ length: 10 }, (_, n) => call(cluster, n, true).catch(() => null));
  while ((await ledgerOf(organizationId)).held === 0n) await sleep(5);
  await cluster.kill();
  await Promise.all(calls);
  const dead = await ledgerOf(organizationId);
  expect(dead.reserved).toBe(dead.held);
  await releaseAbandoned(new Date());
  expect((await ledgerOf(organizationId)).held).toBe(dead.held);
  await releaseAbandoned(new Date(Date.now() + 121_000));
  expect(await ledgerOf(organizationId)).toMatchObject({ reserved: 0n, held: 0n, balance: dead.sum });
});
