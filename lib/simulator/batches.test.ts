import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from './server';
import { messageBody, post, simulatorWithClient } from './test-client';

let simulator: Simulator;
let client: Anthropic;

beforeAll(async () => {
  ({ simulator, client } = await simulatorWithClient());
});
afterAll(() => simulator.close());

const item = (id: string, content: string): Anthropic.Messages.BatchCreateParams.Request => ({
  custom_id: id,
  params: { model: 'claude-opus-4-8', max_tokens: 100, messages: [{ role: 'user', content }] },
});

async function ended(id: string) {
  await expect.poll(async () => (await client.messages.batches.retrieve(id)).processing_status).toBe('ended');
  return client.messages.batches.retrieve(id);
}

it('answers its items one by one, and charges them as a batch', async () => {
  const created = await client.messages.batches.create({
    requests: [item('good', '[[reply:one]]'), item('bad', ''), item('broken', '[[fault:500]]')],
  });
  expect(created).toMatchObject({ processing_status: 'in_progress', results_url: null, ended_at: null });
  expect(created.request_counts).toEqual({ processing: 3, succeeded: 0, errored: 0, canceled: 0, expired: 0 });
  expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(24 * 3_600_000);
  const batch = await ended(created.id);
  expect(batch.request_counts).toEqual({ processing: 0, succeeded: 1, errored: 2, canceled: 0, expired: 0 });
  const results: Anthropic.Messages.MessageBatchIndividualResponse[] = [];
  for await (const line of await client.messages.batches.results(created.id)) results.push(line);
  expect(results).toMatchObject([
    {
      custom_id: 'good',
      result: { type: 'succeeded', message: { content: [{ text: 'one' }], usage: { service_tier: 'batch' } } },
    },
    {
      custom_id: 'bad',
      result: { type: 'errored', error: { request_id: null, error: { type: 'invalid_request_error' } } },
    },
    { custom_id: 'broken', result: { type: 'errored', error: { error: { type: 'api_error' } } } },
  ]);
});

it('checks the envelope at once and the parameters later', async () => {
  const send = async (requests: unknown[]) => {
    const response = await post(simulator, '/v1/messages/batches', { requests });
    return [response.status, (await response.json()).error?.message];
  };
  expect(await send([])).toEqual([400, 'requests: List should have at least 1 item after validation, not 0']);
  expect((await send([{ custom_id: 'no blanks', params: {} }]))[0]).toBe(400);
  expect((await send([item('a', 'x'), item('a', 'y')]))[0]).toBe(400);
  expect((await send([{ custom_id: 'a', params: messageBody({ stream: true }) }]))[0]).toBe(200);
});

it('can be canceled, then deleted, and belongs to one key', async () => {
  const slow = await simulatorWithClient({ pace: { firstByteMs: 60, betweenDeltasMs: 0 } });
  const { batches } = slow.client.messages;
  const { id } = await batches.create({ requests: [item('a', 'x'), item('b', 'y'), item('c', 'z')] });
  await expect(batches.delete(id)).rejects.toMatchObject({ status: 400 });
  expect((await batches.cancel(id)).processing_status).toBe('canceling');
  await expect.poll(async () => (await batches.retrieve(id)).processing_status).toBe('ended');
  const { request_counts: counts } = await batches.retrieve(id);
  expect(counts.canceled).toBeGreaterThanOrEqual(2);
  expect(counts.canceled + counts.succeeded).toBe(3);
  const other = slow.client.withOptions({ apiKey: 'sk-ant-other' }).messages.batches;
  await expect(other.retrieve(id)).rejects.toMatchObject({ status: 404 });
  expect((await other.list()).data).toEqual([]);
  expect((await batches.list()).data.map((batch) => batch.id)).toEqual([id]);
  expect(await batches.delete(id)).toEqual({ id, type: 'message_batch_deleted' });
  await expect(batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
  await slow.simulator.close();
});
