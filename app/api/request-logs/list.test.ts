import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costOf } from '@/lib/logs/testing';
import { GET as list, POST as search } from './list/route';
import { GET as summary } from './summary/route';
import { ask, idsOf, type LogApi, openLogApi, read } from './testing';

let api: LogApi;
beforeAll(async () => {
  api = await openLogApi();
});
afterAll(() => api.drop());

describe('the list', () => {
  test('answers the documented fields in seconds and dollars', async () => {
    const messages = [{ role: 'user', content: 'Hello' }];
    const [id = ''] = await api.write({
      model: 'claude-opus-5-5',
      customerIdentifier: 'documented',
      cost: costOf(1_050_000n),
      metadata: { tier: 'gold', respan_fields: { prompt_id: 'p1', note: 'Look here' } },
      payload: {
        request: JSON.stringify({ messages, tools: [] }),
        response: JSON.stringify({ role: 'assistant', content: 'Hi' }),
        requestHeaders: null,
        responseHeaders: null,
      },
    });
    const { status, body } = await read(list(ask('list/?customer_identifier=documented')));
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 1, count_is_capped: false, next: null, previous: null });
    expect(body.results[0]).toMatchObject({
      id,
      unique_id: id,
      model: 'claude-opus-5-5',
      cost: 0.00105,
      latency: 1.2,
      time_to_first_token: 0.3,
      prompt_tokens: 110,
      completion_tokens: 50,
      total_request_tokens: 160,
      environment: 'prod',
      failed: false,
      prompt_id: 'p1',
      note: 'Look here',
      metadata: { tier: 'gold' },
      prompt_messages: messages,
      completion_message: { role: 'assistant', content: 'Hi' },
      output: 'Hi',
    });
    expect(body.results[0].tokens_per_second).toBeCloseTo(50 / 0.9, 6);
    expect(body.results[0].metadata).not.toHaveProperty('respan_fields');
  });

  test('takes filters from the address and from the body, in both shapes', async () => {
    const [cheap = '', dear = ''] = await api.write(
      { customerIdentifier: 'filtered', cost: costOf(1_000_000n), metadata: { plan: 'free' } },
      { customerIdentifier: 'filtered', cost: costOf(20_000_000n), metadata: { plan: 'team' } },
    );
    const found = async (path: string, body?: unknown) =>
      idsOf((await read(body ? search(ask(path, { method: 'POST', body })) : list(ask(path)))).body);
    const mine = 'list?customer_identifier=filtered';
    expect(await found(mine)).toEqual([dear, cheap]);
    expect(await found(`${mine}&cost[operator]=gt&cost[value]=0.01`)).toEqual([dear]);
    expect(await found(`${mine}&metadata__plan=free`)).toEqual([cheap]);
    expect(await found(`${mine}&plan[operator]=in&plan[value]=free,team`)).toEqual([dear, cheap]);
    expect(await found(mine, { filters: { cost: { operator: 'lt', value: [0.01] } } })).toEqual([cheap]);
    const either = [
      { field: 'plan', value: ['free'] },
      { field: 'cost', operator: 'gt', value: 0.01 },
    ];
    expect(await found('list', { filters: either, operator: 'OR' })).toEqual(expect.arrayContaining([dear, cheap]));
  });

  test('pages by `next` until there is nothing more, sorted either way', async () => {
    const written = await api.write(...Array.from({ length: 5 }, () => ({ customerIdentifier: 'paged' })));
    for (const [sort, expected] of [
      ['-id', written.toReversed()],
      ['id', written],
    ] as const) {
      const seen: string[] = [];
      let path: string | null = `list?customer_identifier=paged&page_size=2&sort_by=${sort}&include_fields=id`;
      while (path) {
        const { body } = await read(list(ask(path)));
        expect(body.count).toBe(5);
        seen.push(...idsOf(body));
        path = body.next?.replace('/api/request-logs/', '') ?? null;
      }
      expect(seen).toEqual(expected);
    }
    const second = await read(list(ask('list?customer_identifier=paged&page_size=2&page=2')));
    expect(idsOf(second.body)).toEqual(written.toReversed().slice(2, 4));
  });

  test('reads bodies up to 64 MB, and says where it left them out', async () => {
    const answered = { role: 'assistant', content: 'x'.repeat(7 * 1_048_576) };
    const payload = { request: null, response: JSON.stringify(answered), requestHeaders: null, responseHeaders: null };
    const large = { customerIdentifier: 'large', replyPreview: 'xxx…', payload };
    const written = await api.write(...Array.from({ length: 11 }, () => large));
    const listed = async (more: string) =>
      (await read(list(ask(`list?customer_identifier=large${more}`)))).body.results;
    const short = await listed('&include_fields=tool_calls');
    expect(short.map((log: object) => 'bodies_omitted' in log)).toEqual([...Array(10).fill(false), true]);
    expect(short[10]).toEqual({ id: written[0], unique_id: written[0], tool_calls: null, bodies_omitted: true });
    const [last] = (await listed('&include_fields=output')).slice(-1);
    expect(last).toMatchObject({ output: 'xxx…', bodies_omitted: true });
    // What needs no body has nothing left out.
    expect((await listed('&include_fields=model'))[10]).not.toHaveProperty('bodies_omitted');
  });

  test('is sorted by what things cost or took, what is not known last', async () => {
    const [slow, unknown, fast] = await api.write(
      { customerIdentifier: 'sorted', latencyMs: 900 },
      { customerIdentifier: 'sorted', latencyMs: null },
      { customerIdentifier: 'sorted', latencyMs: 100 },
    );
    const sorted = async (by: string) =>
      idsOf((await read(list(ask(`list?customer_identifier=sorted&sort_by=${by}`)))).body);
    expect(await sorted('-latency')).toEqual([slow, fast, unknown]);
    expect(await sorted('latency')).toEqual([fast, slow, unknown]);
  });

  test("is of the key's environment and of the last hour, unless asked otherwise", async () => {
    const hours = (n: number) => Date.now() - n * 3_600_000;
    const old = {
      startedAt: hours(3),
      id: `${hours(3)
        .toString(16)
        .padStart(12, '0')
        .replace(/(.{8})/, '$1-')}-7000-8000-000000000001`,
    };
    const [now, tried, past] = await api.write(
      { customerIdentifier: 'scoped' },
      { customerIdentifier: 'scoped', environment: 'test' },
      { customerIdentifier: 'scoped', ...old },
    );
    const found = async (more: string) => idsOf((await read(list(ask(`list?customer_identifier=scoped${more}`)))).body);
    expect(await found('')).toEqual([now]);
    expect(await found('&is_test=true')).toEqual([tried]);
    expect(await found('&environment=test')).toEqual([tried]);
    expect(await found('&all_envs=true')).toEqual([tried, now]);
    const start = new Date(hours(4)).toISOString();
    expect(await found(`&start_time=${start}`)).toEqual([now, past]);
    expect(await found(`&start_time=${start}&end_time=${new Date(hours(2)).toISOString()}`)).toEqual([past]);
  });

  test('answers only the fields asked for, and what there is to filter by', async () => {
    await api.write({ customerIdentifier: 'facets', model: 'only-this' });
    const { body } = await read(
      list(ask('list?customer_identifier=facets&include_fields=model,cost&fetch_filters=true')),
    );
    expect(Object.keys(body.results[0]).sort()).toEqual(['cost', 'id', 'model', 'unique_id']);
    expect(body.filters_data.model).toEqual([{ value: 'only-this', label: null, count: 1 }]);
    expect(body.current_filters).toMatchObject([{ field: 'customer_identifier', value: ['facets'] }]);
  });

  test.each([
    'list?start_time=0001-01-01&end_time=0001-01-02&fetch_filters=true',
    'list?start_time=1969-12-31&end_time=9999-12-31&fetch_filters=true&include_fields=id',
    'list?start_time=2026-01-01&sort_by=id&page_size=1000&cursor=00000000-0000-0000-0000-000000000000&customer_identifier=paged',
  ])('%s is answered', async (path) => {
    expect((await read(list(ask(path)))).status).toBe(200);
  });

  test.each([
    ['list?page_size=0', 422, 'page_size'],
    ['list?sort_by=password', 422, 'sort_by'],
    ['list?start_time=yesterday', 422, 'start_time'],
    ['list?timestamp[operator]=gt&timestamp[value]=8000000000000000', 422, 'timestamp'],
    ['list?cost[operator]=like&cost[value]=1', 422, 'cost'],
    ['list?latency=long', 422, 'latency'],
  ])('%s is refused by field', async (path, status, field) => {
    const answered = await read(list(ask(path)));
    expect(answered.status).toBe(status);
    expect(answered.body).toEqual({ detail: 'Validation error', errors: { [field]: [expect.any(String)] } });
  });

  test('is refused without a key, and for a body that is no JSON', async () => {
    expect((await read(list(ask('list', { key: 'nobody' })))).status).toBe(401);
    const broken = await read(search(ask('list', { method: 'POST', body: '{' })));
    expect(broken).toEqual({ status: 400, body: { detail: 'Invalid request format' } });
  });
});

test('the summary adds up exactly what the filters mean', async () => {
  await api.write(
    { customerIdentifier: 'summed', cost: costOf(1_000_000n) },
    { customerIdentifier: 'summed', cost: costOf(2_500_000n) },
    { customerIdentifier: 'summed', cost: null, usage: null },
  );
  const { body } = await read(summary(ask('summary?customer_identifier=summed')));
  expect(body).toEqual({ total_cost: 0.0035, total_tokens: 320, number_of_requests: 3, scores: {} });
});
