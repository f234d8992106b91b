import { afterAll, beforeAll, expect, test } from 'vitest';
import { POST as threads } from '@/app/api/log_threads/route';
import { ask, type LogApi, OTHER_KEY, openLogApi, read } from '@/app/api/request-logs/testing';
import { costOf } from '@/lib/logs/testing';
import { GET, PATCH } from './[customerIdentifier]/route';
import { GET as list } from './list/route';

let api: LogApi;
beforeAll(async () => {
  api = await openLogApi();
  await api.write(
    { customerIdentifier: 'ada', threadIdentifier: 't1', cost: costOf(1_000_000n), model: 'opus' },
    { customerIdentifier: 'ada', threadIdentifier: 't1', cost: costOf(2_000_000n), model: 'opus' },
    { customerIdentifier: 'ada', threadIdentifier: 't2', cost: null, model: 'haiku', latencyMs: 2400, ttftMs: null },
    { customerIdentifier: 'bob', cost: costOf(9_000_000n) },
    { customerIdentifier: 'tess', environment: 'test', threadIdentifier: 't3' },
  );
});
afterAll(() => api.drop());

const at = (customerIdentifier: string) => ({ params: Promise.resolve({ customerIdentifier }) });

test('users are listed with what they used, in the order asked for', async () => {
  const { status, body } = await read(list(ask('?sort_by=-total_cost')));
  expect(status).toBe(200);
  expect(body.count).toBe(2);
  expect(body.results.map((user: { customer_identifier: string }) => user.customer_identifier)).toEqual(['bob', 'ada']);
  expect(body.results[1]).toMatchObject({
    number_of_requests: 3,
    total_tokens: 480,
    total_cost: 0.003,
    active_days: 1,
    average_latency: 1.6,
    average_ttft: 0.3,
  });
  const byRequests = await read(list(ask('?sort_by=-number_of_requests&page_size=1')));
  expect(byRequests.body).toMatchObject({ count: 2, results: [{ customer_identifier: 'ada' }] });
  expect((await read(list(ask('?environment=test')))).body.results).toMatchObject([{ customer_identifier: 'tess' }]);
  expect((await read(list(ask('?sort_by=secret')))).status).toBe(422);
});

test('one user has totals and models; name and email can be changed, budgets are refused', async () => {
  const { body } = await read(GET(ask(''), at('ada')));
  expect(body).toMatchObject({
    total_requests: 3,
    total_usage: 0.003,
    total_prompt_tokens: 330,
    total_completion_tokens: 150,
    top_models: [
      { model: 'opus', number_of_requests: 2 },
      { model: 'haiku', number_of_requests: 1 },
    ],
  });
  const named = { method: 'PATCH', body: { name: 'Ada', email: 'ada@example.com' } };
  expect((await read(PATCH(ask('', named), at('ada')))).body).toMatchObject({ name: 'Ada', email: 'ada@example.com' });
  const cleared = await read(PATCH(ask('', { method: 'PATCH', body: { name: '' } }), at('ada')));
  expect(cleared.body).toMatchObject({ name: null, email: 'ada@example.com' });
  const odd = await read(PATCH(ask('', { method: 'PATCH', body: { name: 'A\0da' } }), at('ada')));
  expect(odd.body).toMatchObject({ name: 'A\ufffdda' });
  expect((await read(GET(ask(''), at('a\0da')))).status).toBe(404);
  const budget = await read(PATCH(ask('', { method: 'PATCH', body: { total_budget: 5 } }), at('ada')));
  expect(budget).toMatchObject({ status: 422, body: { errors: { request: ['Only name and email can be changed.'] } } });
});

test('threads are listed with how many logs they have, the last continued first', async () => {
  const { body } = await read(threads(ask('', { method: 'POST' })));
  expect(body.results).toMatchObject([
    { thread_identifier: 't2', environment: 'prod', log_count: 1 },
    { thread_identifier: 't1', environment: 'prod', log_count: 2, total_cost: 0.003 },
  ]);
  const filtered = { method: 'POST', body: { filters: { model: { value: 'opus' } } } };
  expect((await read(threads(ask('', filtered)))).body.results).toHaveLength(1);
  expect((await read(threads(ask('?fetch_filters=true', { method: 'POST' })))).body.filters_data.model).toHaveLength(3);
});

test("another organization's key sees and changes none of them", async () => {
  const key = OTHER_KEY;
  expect((await read(list(ask('', { key })))).body).toEqual({ count: 0, results: [] });
  expect((await read(threads(ask('?all_envs=true', { key, method: 'POST' })))).body.results).toEqual([]);
  expect((await read(GET(ask('', { key }), at('ada')))).status).toBe(404);
  expect((await read(PATCH(ask('', { key, method: 'PATCH', body: { name: 'Eve' } }), at('ada')))).status).toBe(404);
  expect((await read(GET(ask(''), at('ada')))).body.name).not.toBe('Eve');
});
