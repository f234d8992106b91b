import { describe, expect, it } from 'vitest';
import { type Answer, fails, MODEL, priceOf, request, setUpTurns, whole } from './test-choices';
import { credential, creditsInMemory } from './testing';

/** What of a call's cost credits pay, where several calls were made for it. */

const FALLBACK = 'claude-haiku-4-5';
const byCredits = () => credential({ source: 'credits', id: null });
const paying = (over: object) => ({ platformCredential: byCredits, credits: creditsInMemory(10n ** 15n), ...over });
const only = (model: string) => credential({ availableModels: [model] });

describe('what credits owe', () => {
  it('is all of a call that they pay, and nothing of one that the own key pays', async () => {
    for (const [integrations, owed] of [
      [[], priceOf(3, 3)],
      [[credential()], 0n],
    ] as const) {
      const over = paying({ integrationCredentials: async () => integrations });
      const { client, gateway } = await setUpTurns([whole('one'), whole('two')], over);
      await client.chat.completions.create(request({ n: 2 }));
      expect(gateway.records[0]?.cost?.costNanoUsd).toBe(priceOf(3, 3));
      expect(gateway.records[0]?.owedNanoUsd).toBe(String(owed));
    }
  });

  it('leaves out what the own key paid before a fallback to credits', async () => {
    const { gateway } = await fallBack(MODEL);
    const { cost, owedNanoUsd, credentialSource } = gateway.records[0] ?? {};
    expect(credentialSource).toBe('credits');
    expect(owedNanoUsd).toBe(String((cost?.costNanoUsd ?? 0n) - priceOf('wasted'.length)));
    expect(Number(owedNanoUsd)).toBeGreaterThan(0);
  });

  it('is what credits paid before a fallback to the own key', async () => {
    const { gateway } = await fallBack(FALLBACK);
    expect(gateway.records[0]?.credentialSource).toBe('integration');
    expect(gateway.records[0]?.owedNanoUsd).toBe(String(priceOf('wasted'.length)));
  });
});

/** One of two choices is whole when the other fails, so both go to the fallback. */
async function fallBack(ownKeyFor: string) {
  const over = paying({ integrationCredentials: async () => [only(ownKeyFor)] });
  const late: Answer = (received, response) => void setTimeout(() => fails(529)(received, response), 100);
  const set = await setUpTurns([whole('wasted'), late, whole('first'), whole('second')], over);
  await set.client.chat.completions.create(Object.assign(request({ n: 2 }), { fallback_models: [FALLBACK] }));
  return set;
}
