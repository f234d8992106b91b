import { describe, expect, it } from 'vitest';
import { GatewayError } from './errors';
import { auth, message, messages, setUp, whole } from './test-credits';
import { credential, send } from './testing';

/** Postgres is away, which credits live in. */

const away = () =>
  Promise.reject(
    new GatewayError('unavailable', 'The gateway can not reach its database right now. Try again in a moment.'),
  );

describe('credits whose database is away', () => {
  it('leave out a fallback that they would pay, and the call is made', async () => {
    const set = await setUp(1_000_000n, whole(5));
    Object.assign(set.gateway.ports, {
      integrationCredentials: async () => [credential({ availableModels: ['claude-x'] })],
    });
    Object.assign(set.credits, { balance: away });
    const answer = await messages(set.gateway, { max_tokens: 10, respan_params: { fallback_models: ['claude-y'] } });
    expect(answer.status).toBe(200);
    expect(set.gateway.records[0]?.warnings.join()).toMatch(/The fallback claude-y was left out: .* its database/);
  });

  it('answer 503 where they are to pay the first choice, at the balance and at what is set aside', async () => {
    for (const over of [{ balance: away }, { reserve: away }]) {
      const set = await setUp(1_000_000n, whole(5));
      Object.assign(set.credits, over);
      expect((await messages(set.gateway, { max_tokens: 10 })).status).toBe(503);
      expect(set.gateway.records).toMatchObject([{ status: 'error', errorType: 'unavailable' }]);
      expect(set.provider.received).toHaveLength(0);
    }
  });

  it('are asked for their balance once, however many models they would pay', async () => {
    const set = await setUp(1_000_000n, whole(5));
    let asked = 0;
    const balance = async () => {
      asked++;
      return 1_000_000n;
    };
    Object.assign(set.credits, { balance });
    const fallback_models = ['claude-y', 'claude-z'];
    const body = message({ max_tokens: 10, respan_params: { fallback_models } });
    expect((await send(`${set.gateway.url}/api/anthropic/v1/messages`, { headers: auth, body })).status).toBe(200);
    expect(asked).toBe(1);
  });
});
