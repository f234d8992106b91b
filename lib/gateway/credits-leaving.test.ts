import { describe, expect, it } from 'vitest';
import { auth, message, price, setUp, whole } from './test-credits';
import { credential, type TestGateway, until } from './testing';

/** A client that leaves while its call waits for credits. */

/** Calls, and leaves once the call waits; then the credits come. @returns the ids that held something, and those let go of */
async function leaveWaiting(
  { gateway, credits }: Awaited<ReturnType<typeof setUp>>,
  more: object,
  worth: () => boolean = () => true,
) {
  const reserve = credits.reserve;
  const leaving = new AbortController();
  const over: string[] = [];
  let granted = false;
  Object.assign(credits, {
    reserve: async (hold: Parameters<typeof reserve>[0]) => {
      if (!worth()) return reserve(hold);
      leaving.abort();
      await new Promise((done) => setTimeout(done, 100));
      const result = await reserve(hold);
      granted = true;
      return result;
    },
    done: (id: string) => granted && over.push(id),
  });
  const url = `${gateway.url}/api/anthropic/v1/messages`;
  const body = message({ max_tokens: 100, ...more });
  await fetch(url, { method: 'POST', headers: auth, body, signal: leaving.signal }).catch(() => {});
  await until(() => granted && gateway.records.length > 0);
  await new Promise((done) => setTimeout(done, 50));
  return { held: [...credits.held.keys()], over };
}

const told = ({ records }: TestGateway) =>
  records.map(({ status, attempts }) => [status, attempts.map(({ outcome }) => outcome)]);

describe('a client that leaves while its call waits for credits', () => {
  it('gets no call made, and what was set aside is let go of', async () => {
    const set = await setUp(1_000_000n, whole(20));
    const { held, over } = await leaveWaiting(set, {});
    expect(set.provider.received).toHaveLength(0);
    expect(told(set.gateway)).toEqual([['aborted', ['the client left']]]);
    expect(over).toEqual(held);
  });

  it('is seen to leave before a fallback too, and its log says that credits were to pay', async () => {
    const set = await setUp(1_000_000n, (_, response) => {
      response.writeHead(529, { 'content-type': 'application/json' }).end('{}');
    });
    const own = credential({ availableModels: ['claude-x'] });
    Object.assign(set.gateway.ports, { integrationCredentials: async () => [own] });
    const { held, over } = await leaveWaiting(set, { respan_params: { fallback_models: ['claude-y'] } });
    expect(set.provider.received).toHaveLength(1);
    expect(told(set.gateway)).toEqual([['aborted', ['the provider answered 529', 'the client left']]]);
    expect(set.gateway.records[0]?.attempts[1]?.credentialSource).toBe('credits');
    expect([held.length, over]).toEqual([1, held]);
  });

  it('is seen to leave when its second try needs more than the first', async () => {
    let tries = 0;
    const set = await setUp(1_000_000n, (_, response) => {
      tries++;
      response.writeHead(529, { 'content-type': 'application/json' }).end('{}');
    });
    // What is learned of other calls meanwhile makes this one dearer.
    const dearer: typeof price = (asked) => {
      const cost = price(asked);
      return { ...cost, costNanoUsd: cost.costNanoUsd * (tries > 0 ? 3n : 1n) };
    };
    Object.assign(set.gateway.ports, { price: dearer });
    const retry_params = { retry_enabled: true, num_retries: 2, retry_after: 0.1 };
    const { held, over } = await leaveWaiting(set, { respan_params: { retry_params } }, () => tries > 0);
    expect(tries).toBe(1);
    expect(told(set.gateway)).toEqual([['aborted', ['the provider answered 529', 'the client left']]]);
    expect([held.length, over]).toEqual([1, held]);
  });
});
