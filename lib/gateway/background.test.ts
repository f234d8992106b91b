import { describe, expect, it } from 'vitest';
import { auth, json, setUp } from './test-openai';
import { credential, creditsInMemory, send } from './testing';

/** Responses that a provider goes on with after it has answered. */

const QUEUED = { id: 'resp_1', object: 'response', model: 'gpt-5.1', status: 'queued', output: [], usage: null };
const WARNING = /usage and cost stay unknown/;

async function ask(body: object, over: object = {}) {
  const { provider, gateway } = await setUp(json(QUEUED));
  Object.assign(gateway.ports, over);
  const sent = JSON.stringify({ model: 'gpt-5.1', input: 'Hi', ...body });
  const answer = await send(`${gateway.url}/api/responses`, { headers: auth, body: sent });
  return { provider, answer, record: gateway.records[0] };
}

describe('a background response', () => {
  const byCredits = {
    integrationCredentials: async () => [],
    platformCredential: () => credential({ source: 'credits', id: null, provider: 'openai' }),
    credits: creditsInMemory(1_000_000_000_000n),
  };

  it.each([{ background: true }, { background: true, stream: true }, { background: 'true' }, { background: 1 }])(
    'is not paid by credits: %j',
    async (body) => {
      const { provider, answer, record } = await ask(body, byCredits);
      expect([answer.status, provider.received.length]).toEqual([402, 0]);
      expect(JSON.parse(answer.body.toString()).error.message).toBe(
        "Credits don't pay for background responses, whose usage is known only later. Send it without background, or connect your own OpenAI key on the Integrations page.",
      );
      expect(record).toMatchObject({ statusCode: 402, errorCause: 'limit', warnings: [] });
    },
  );

  it('is sent with an own key, and the log says what it can not know', async () => {
    const { answer, record } = await ask({ background: true });
    expect([answer.status, answer.body.toString()]).toEqual([200, JSON.stringify(QUEUED)]);
    expect(record).toMatchObject({ status: 'success', untouched: true, usage: null, cost: null });
    expect(record?.warnings.join()).toMatch(WARNING);
  });

  it.each([{}, { background: false }, { background: null }])('is no other: %j', async (body) => {
    const { answer, record } = await ask(body, byCredits);
    expect(answer.status).toBe(200);
    expect(record?.warnings.join()).not.toMatch(WARNING);
  });
});
