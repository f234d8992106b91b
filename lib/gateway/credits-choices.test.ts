import { describe, expect, it } from 'vitest';
import { auth, message, setUp, whole } from './test-credits';
import { send, type TestGateway } from './testing';

describe('several choices', () => {
  const long = 'x'.repeat(32_000);
  const chat = (gateway: TestGateway, more: object) =>
    send(`${gateway.url}/api/chat/completions`, {
      headers: auth,
      body: message({ max_tokens: 10, messages: [{ role: 'user', content: long }], ...more }),
    });

  it('need the prompt for each call that is made', async () => {
    const { gateway, provider, credits } = await setUp(40_000n, whole(5));
    expect((await chat(gateway, { n: 3 })).status).toBe(200);
    expect([...credits.held.values()][0]).toBeGreaterThan(30_000n);
    const poor = await setUp(20_000n, whole(5));
    expect((await chat(poor.gateway, { n: 3 })).status).toBe(402);
    expect([provider.received.length, poor.provider.received.length]).toEqual([3, 0]);
  });

  it('of one call need its prompt once, and teach what a prompt of one call is', async () => {
    const { gateway, credits } = await setUp(1_000_000n, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const usage = { prompt_tokens: 10_000, completion_tokens: 10, total_tokens: 10_010 };
      response.end(JSON.stringify({ id: 'c', object: 'chat.completion', model: 'gpt-5.1', choices: [], usage }));
    });
    const held = async () => {
      credits.held.clear();
      expect((await chat(gateway, { n: 2, model: 'gpt-5.1' })).status).toBe(200);
      return [...credits.held.values()][0];
    };
    expect(await held()).toBeLessThan(12_000n);
    for (let n = 0; n < 8; n++) await held();
    expect(await held()).toBeGreaterThan(9500n);
  });
});
