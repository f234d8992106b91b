import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../server';
import { messageBody, post, simulatorWithClient } from '../test-client';

let simulator: Simulator;
beforeAll(async () => {
  ({ simulator } = await simulatorWithClient());
});
afterAll(() => simulator.close());

const BETA = { 'anthropic-beta': 'per-turn-control-2026-07-01' };

it.each([
  ['with its beta', 'system', BETA, 200],
  ['without it', 'system', {}, 400],
  ['of another role', 'user', BETA, 400],
])('an effort from a message on, %s', async (_, role, headers, status) => {
  const late = { role, content: 'Be brief.', output_config: { effort: 'low' } };
  const messages = [{ role: 'user', content: 'Hi' }, late];
  const response = await post(simulator, '/v1/messages', messageBody({ messages }), headers);
  expect(response.status).toBe(status);
  if (status === 200) return;
  const { error } = await response.json();
  expect(error.message).toBe('messages.1.output_config: Extra inputs are not permitted');
});
