import { describe, expect, it } from 'vitest';
import {
  auth,
  closeAfterTest,
  delta,
  endless,
  event,
  message,
  messages,
  price,
  setUp,
  start,
  whole,
} from './test-credits';
import { creditsInMemory, KEY, send, startGateway, startProvider, until } from './testing';

describe('a stream that credits pay', () => {
  it('gets more as it goes, and is stopped in its own protocol when nothing is left, billed for what it used', async () => {
    const { gateway, credits } = await setUp(6000n, endless);
    const answer = await messages(gateway, { max_tokens: 50_000, stream: true });
    expect(answer.status).toBe(200);
    const text = answer.body.toString();
    const last = text.trimEnd().split('\n\n').at(-1);
    expect(last).toMatch(/^event: error\ndata: .*"billing_error".*credits ran out.*Integrations page/);
    expect(text).not.toContain('message_stop');
    const [record] = gateway.records;
    expect(record).toMatchObject({
      status: 'error',
      statusCode: 200,
      errorCause: 'limit',
      errorType: 'credits_used_up',
    });
    const used = record?.cost?.costNanoUsd ?? 0n;
    expect(used).toBeGreaterThan(5000n);
    expect(used).toBeLessThanOrEqual(6000n);
    const [held] = credits.held.values();
    expect(used).toBeLessThanOrEqual(held ?? 0n);
  });

  it('ends as chat completions do for those that speak them', async () => {
    const { gateway } = await setUp(6000n, endless);
    const body = message({ max_tokens: 50_000, stream: true });
    const answer = await send(`${gateway.url}/api/chat/completions`, {
      headers: { ...auth, authorization: `Bearer ${KEY}` },
      body,
    });
    const frames = answer.body.toString().trimEnd().split('\n\n');
    expect(frames.at(-1)).toMatch(/^data: \{"error":.*"insufficient_quota"/);
    expect(answer.body.toString()).not.toContain('[DONE]');
    expect(gateway.records[0]?.cost?.costNanoUsd).toBeLessThanOrEqual(6000n);
  });

  it('of several choices stops them all', async () => {
    const { gateway } = await setUp(9000n, endless);
    const body = message({ max_tokens: 50_000, stream: true, n: 3 });
    const answer = await send(`${gateway.url}/api/chat/completions`, { headers: auth, body });
    expect(answer.body.toString()).toContain('insufficient_quota');
    const used = gateway.records[0]?.cost?.costNanoUsd ?? 0n;
    expect(used).toBeGreaterThan(6000n);
    expect(used).toBeLessThanOrEqual(9000n);
  });

  it('of several choices stops those that go on when the first is over', async () => {
    let calls = 0;
    let broken = false;
    const { gateway } = await setUp(6000n, (request, response) => {
      if (++calls === 1) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        return void response.end(start + delta('short') + event({ type: 'message_stop' }));
      }
      response.on('close', () => (broken = true));
      // By now the first is whole, and was the first to be paid for.
      return void setTimeout(() => endless(request, response), 50);
    });
    const body = message({ max_tokens: 50_000, stream: true, n: 2 });
    const answer = await send(`${gateway.url}/api/chat/completions`, { headers: auth, body });
    expect(answer.body.toString()).toContain('insufficient_quota');
    await until(() => broken);
    expect(gateway.records[0]).toMatchObject({ status: 'error', errorType: 'credits_used_up' });
    expect(gateway.records[0]?.cost?.costNanoUsd).toBeLessThanOrEqual(6000n);
  });

  it('of several choices is refused whole where credits run out before all have begun', async () => {
    const broken: boolean[] = [];
    const { gateway } = await setUp(3000n, (_, response) => {
      const mine = broken.push(false) - 1;
      response.on('close', () => (broken[mine] = true));
      if (mine > 0) return;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(start + delta('word'.repeat(4000)));
    });
    const body = message({ max_tokens: 50_000, stream: true, n: 2 });
    const answer = await send(`${gateway.url}/api/chat/completions`, { headers: auth, body });
    expect([answer.status, JSON.parse(answer.body.toString()).error.code]).toEqual([402, 'credits_used_up']);
    await until(() => broken.length === 2 && broken.every(Boolean));
    expect(gateway.records).toMatchObject([{ status: 'error', statusCode: 402, errorType: 'credits_used_up' }]);
    expect(gateway.records[0]?.usage?.outputTokens).toBeGreaterThan(3000);
  });

  it('waits for credits that are being set aside, and goes on when they are', async () => {
    const { gateway, credits } = await setUp(1_000_000n, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(start + delta('word'.repeat(3000)));
      setTimeout(() => {
        response.write(delta('last'));
        const usage = { output_tokens: 3001 };
        response.end(
          event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage }) + event({ type: 'message_stop' }),
        );
      }, 20);
    });
    const extend = credits.extend;
    Object.assign(credits, {
      extend: async (hold: Parameters<typeof extend>[0]) => {
        await new Promise((done) => setTimeout(done, 100));
        return extend(hold);
      },
    });
    const answer = await messages(gateway, { max_tokens: 50_000, stream: true });
    expect(answer.body.toString()).toContain('message_stop');
    expect(gateway.records[0]).toMatchObject({ status: 'success', usage: { outputTokens: 3001 } });
    expect(gateway.records[0]?.latencyMs).toBeGreaterThan(100);
  });

  it('is not broken off because the database is away', async () => {
    const { gateway, credits } = await setUp(3000n, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(start + delta('word'.repeat(4000)));
      setTimeout(() => response.end(event({ type: 'message_stop' })), 30);
    });
    Object.assign(credits, { extend: () => Promise.reject(new Error('away')) });
    expect((await messages(gateway, { max_tokens: 50_000, stream: true })).body.toString()).toContain('message_stop');
    expect(gateway.reports.join()).toContain('could not be extended');
  });
});

describe('an answer that is not streamed', () => {
  it('gets no more output than there are credits for, and the caller and the log are told', async () => {
    const { gateway, provider, credits } = await setUp(5000n, whole(20));
    expect((await messages(gateway, { max_tokens: 64_000 })).status).toBe(200);
    const sent = JSON.parse(provider.received[0]?.body.toString() ?? '');
    expect(sent.max_tokens).toBeGreaterThan(4900);
    expect(sent.max_tokens).toBeLessThan(5000);
    expect([...credits.held.values()]).toEqual([5000n]);
    expect(gateway.records[0]?.alterations.join()).toMatch(/lowered max_tokens from 64000 to 49\d\d/);
  });

  it('passes untouched where credits cover all that it may have', async () => {
    const { gateway, provider } = await setUp(1_000_000n, whole(20));
    await messages(gateway, { max_tokens: 64_000 });
    expect(JSON.parse(provider.received[0]?.body.toString() ?? '').max_tokens).toBe(64_000);
    expect(gateway.records[0]?.untouched).toBe(true);
  });

  it('is refused below what it needs, with both ways out', async () => {
    const { gateway, provider } = await setUp(500n, whole(20));
    const answer = await messages(gateway, { max_tokens: 64_000 });
    expect(answer.status).toBe(402);
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      error: {
        type: 'billing_error',
        message: expect.stringMatching(/Add credits on the Credits page, or connect your own/),
      },
    });
    expect(provider.received).toHaveLength(0);
    expect(gateway.records[0]).toMatchObject({ statusCode: 402, errorCause: 'limit', cost: null });
  });

  it('is refused rather than limited to less than it wants to think', async () => {
    const { gateway, provider } = await setUp(5000n, whole(20));
    const thinking = { type: 'enabled', budget_tokens: 32_000 };
    expect((await messages(gateway, { max_tokens: 64_000, thinking })).status).toBe(402);
    expect(provider.received).toHaveLength(0);
  });

  it('needs less once it is known how long such answers are', async () => {
    const { gateway, credits } = await setUp(100_000_000n, whole(20));
    for (let n = 0; n < 20; n++) await messages(gateway, { max_tokens: 1000 });
    const needed: bigint[] = [];
    const reserve = credits.reserve;
    Object.assign(credits, {
      reserve: (hold: Parameters<typeof reserve>[0]) => {
        needed.push(hold().neededNanoUsd);
        return reserve(hold);
      },
    });
    await messages(gateway, { max_tokens: 1000 });
    expect(Number(needed[0])).toBeLessThan(100);
  });
});

describe('what is held', () => {
  it('is added to, not taken twice, when a call is tried again', async () => {
    let calls = 0;
    const { gateway, credits } = await setUp(1_000_000n, (request, response) => {
      if (++calls === 1) return void response.writeHead(529, { 'content-type': 'application/json' }).end('{}');
      whole(20)(request, response);
    });
    const retry_params = { retry_enabled: true, num_retries: 2, retry_after: 0.1 };
    const answer = await messages(gateway, { max_tokens: 100, respan_params: { retry_params } });
    expect([answer.status, calls]).toEqual([200, 2]);
    const [held] = credits.held.values();
    expect(held).toBeLessThan(200n);
  });

  it('is let go of with the log, whichever way the call ends', async () => {
    const { gateway, credits } = await setUp(1_000_000n, endless);
    const over: string[] = [];
    Object.assign(credits, { done: (id: string) => over.push(id) });
    const leaving = new AbortController();
    const body = message({ max_tokens: 100, stream: true });
    const url = `${gateway.url}/api/anthropic/v1/messages`;
    const response = await fetch(url, { method: 'POST', headers: auth, body, signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    await until(() => gateway.records.length === 1);
    expect(over).toEqual([gateway.records[0]?.id]);
  });

  it('is nothing for callers whose own key pays', async () => {
    const provider = await startProvider(whole(20));
    const credits = creditsInMemory(0n);
    const asked: string[] = [];
    const get = (target: typeof credits, name: string | symbol) => {
      asked.push(String(name));
      return Reflect.get(target, name);
    };
    const watched = new Proxy(credits, { get });
    const gateway = await startGateway(provider.url, { price, credits: watched });
    closeAfterTest(gateway.close, provider.close);
    expect((await messages(gateway, { max_tokens: 100 })).status).toBe(200);
    expect(asked).toEqual([]);
  });
});
