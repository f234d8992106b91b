import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendCredit } from '@/lib/credits/append';
import { db } from '@/lib/db/client';
import { execute, sql } from '@/lib/db/sql';
import { inTransaction } from '@/lib/db/transaction';
import { costOf } from '@/lib/logs/testing';
import { DELETE, GET, PATCH } from './[logId]/route';
import { PATCH as batchUpdate } from './batch-update/route';
import { GET as list, POST as search } from './list/route';
import { GET as summary } from './summary/route';
import { ask, at, type LogApi, OTHER_KEY, openLogApi, read } from './testing';

let api: LogApi;
beforeAll(async () => {
  api = await openLogApi();
});
afterAll(() => api.drop());

async function give(amountNanoUsd: bigint): Promise<void> {
  const entry = { organizationId: api.organizationId, type: 'grant', amountNanoUsd, description: 'Gift' } as const;
  await inTransaction((on) => appendCredit(entry, on));
}

describe('one log', () => {
  test('comes with how credits paid for it', async () => {
    await give(30_000_000_000n);
    const [paid = '', own = ''] = await api.write(
      { credentialSource: 'credits', cost: costOf(10_000_000n) },
      { credentialSource: 'integration' },
    );
    const { body } = await read(GET(ask(paid), at(paid)));
    expect(body).toMatchObject({ id: paid, used_custom_credential: false, covered_by: 'credits' });
    const limit = { name: 'org_credits', current_value: 30, new_value: 29.99, limit_value: 0, is_within_limit: true };
    expect(body.respan_params.limit_info).toEqual({ is_allowed: true, limits: [limit] });
    const other = await read(GET(ask(own), at(own)));
    expect(other.body.respan_params.limit_info).toEqual({ is_allowed: true, limits: [] });

    // What comes later changes neither of the two balances.
    const [later = ''] = await api.write({ credentialSource: 'credits', cost: costOf(20_000_000n) });
    await give(5_000_000_000n);
    const limitsOf = async (id: string) => (await read(GET(ask(id), at(id)))).body.respan_params.limit_info.limits;
    expect(await limitsOf(paid)).toEqual([limit]);
    expect(await limitsOf(later)).toMatchObject([{ current_value: 29.99, new_value: 29.97 }]);
  });

  test('comes without its limits where the ledger does not answer', async () => {
    const [id = ''] = await api.write({ credentialSource: 'credits', cost: costOf(10_000_000n) });
    const { status, body } = await inTransaction(async (on) => {
      await execute(sql`LOCK TABLE "CreditTransaction" IN ACCESS EXCLUSIVE MODE`, on);
      return read(GET(ask(id), at(id)));
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, respan_params: { limit_info: { is_allowed: true, limits: [] } } });
  });

  test("is found by its sender's own id", async () => {
    const [id = ''] = await api.write({ metadata: { respan_fields: { unique_id: 'order/17' } } });
    expect((await read(GET(ask('order'), at('order/17')))).body).toMatchObject({ id });
  });

  test('takes notes, and keeps what happened', async () => {
    const [id = ''] = await api.write({ metadata: { tier: 'gold', seats: 5, respan_fields: { prompt_id: 'p1' } } });
    const body = {
      metadata: { seats: 6, respan_fields: 'mine' },
      note: 'Odd',
      positive_feedback: false,
      custom_identifier: 'order-1',
      cost: 99,
    };
    const changed = await read(PATCH(ask(id, { method: 'PATCH', body }), at(id)));
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      metadata: { tier: 'gold', seats: 6 },
      note: 'Odd',
      positive_feedback: false,
      prompt_id: 'p1',
      custom_identifier: 'order-1',
      cost: 0.00105,
    });
    const huge = { metadata: { big: 'x'.repeat(100_000) } };
    expect((await read(PATCH(ask(id, { method: 'PATCH', body: huge }), at(id)))).status).toBe(422);
    expect((await read(PATCH(ask(id, { method: 'PATCH', body: { note: 7 } }), at(id)))).status).toBe(422);
  });

  test('is deleted with its bodies, and stays counted and paid for', async () => {
    const [id = ''] = await api.write({
      credentialSource: 'credits',
      cost: costOf(5_000_000n),
      customerIdentifier: 'gone',
    });
    const counted = async () => ({
      ledger: await db().creditTransaction.count({ where: { organizationId: api.organizationId, logId: id } }),
      balance: await db().creditBalance.findUnique({ where: { organizationId: api.organizationId } }),
      customer: await db().customerRollup.findFirst({
        where: { organizationId: api.organizationId, customer: 'gone' },
      }),
    });
    const before = await counted();
    expect(before).toMatchObject({ ledger: 1, customer: { requests: 1n } });
    expect(await read(DELETE(ask(id, { method: 'DELETE' }), at(id)))).toEqual({ status: 204, body: null });
    expect(await counted()).toEqual(before);
    expect(await db().requestPayload.count({ where: { organizationId: api.organizationId, id } })).toBe(0);
    expect(await read(DELETE(ask(id, { method: 'DELETE' }), at(id)))).toEqual({
      status: 404,
      body: { detail: 'Log not found' },
    });
  });
});

test('a batch changes what is there, and says what is not', async () => {
  const [id = ''] = await api.write({});
  const missing = uuidv7();
  const logs = [
    { unique_id: id, note: 'Seen' },
    { unique_id: missing, note: 'Lost' },
  ];
  const { body } = await read(batchUpdate(ask('batch-update', { method: 'PATCH', body: { logs } })));
  expect(body).toEqual({ updated: 1, errors: [{ index: 1, unique_id: missing, detail: 'Log not found' }] });
  expect((await read(GET(ask(id), at(id)))).body.note).toBe('Seen');
  const many = { logs: Array.from({ length: 501 }, () => ({ unique_id: id })) };
  expect((await read(batchUpdate(ask('batch-update', { method: 'PATCH', body: many })))).status).toBe(422);
});

test('what no column can hold is kept as near to it as can be, and found again', async () => {
  const [id = '', other = ''] = await api.write({ customerIdentifier: 'odd' }, { customerIdentifier: 'odd' });
  const body = { custom_identifier: 'a\0b', note: 'half \ud800', metadata: { 'k\0': ['\0'] } };
  const changed = await read(PATCH(ask(id, { method: 'PATCH', body }), at(id)));
  expect(changed.status).toBe(200);
  const kept = { custom_identifier: 'a\ufffdb', note: 'half \ufffd', metadata: { 'k\ufffd': ['\ufffd'] } };
  expect(changed.body).toMatchObject(kept);
  expect((await read(GET(ask('x'), at('no\0such\udc00')))).status).toBe(404);

  const found = async (filters: object) => {
    const answered = await read(search(ask('list', { method: 'POST', body: { filters } })));
    return { status: answered.status, ids: answered.body.results?.map((log: { id: string }) => log.id) };
  };
  for (const filters of [
    { custom_identifier: { value: ['a\0b'] } },
    { custom_identifier: { operator: 'contains', value: ['\0'] } },
    { custom_identifier: { operator: 'in', value: ['a\0b', 'x'] } },
    { note: { value: ['half \ud800'] } },
    { 'metadata__k\0': { operator: 'contains', value: ['\0'] } },
  ])
    expect(await found(filters)).toEqual({ status: 200, ids: [id] });
  expect(await found({ unique_id: { value: ['\0'] } })).toEqual({ status: 200, ids: [] });
  expect(await found({ organization_key_name: { operator: 'startswith', value: ['\0'] } })).toMatchObject({ ids: [] });

  const logs = [
    { unique_id: '\0', note: 'Lost' },
    { unique_id: id, metadata: { deep: 'DEEP' } },
    { unique_id: other, custom_identifier: '\0' },
  ];
  // Deeper than the database takes.
  const deep = JSON.stringify({ logs }).replace('"DEEP"', `${'['.repeat(30_000)}${']'.repeat(30_000)}`);
  const batch = await read(batchUpdate(ask('batch-update', { method: 'PATCH', body: deep })));
  expect(batch).toMatchObject({ status: 200, body: { updated: 1 } });
  expect(batch.body.errors.map(({ index }: { index: number }) => index)).toEqual([0, 1]);
  expect((await read(GET(ask(other), at(other)))).body.custom_identifier).toBe('\ufffd');
});

test("another organization's key finds nothing, and changes nothing", async () => {
  const [id = ''] = await api.write({
    customerIdentifier: 'private',
    metadata: { respan_fields: { unique_id: 'mine-1' } },
  });
  const key = OTHER_KEY;
  expect((await read(list(ask('list?all_envs=true', { key })))).body).toMatchObject({ count: 0, results: [] });
  expect((await read(summary(ask('summary', { key })))).body.number_of_requests).toBe(0);
  for (const name of [id, 'mine-1']) {
    expect((await read(GET(ask(name, { key }), at(name)))).status).toBe(404);
    const body = { note: 'Mine now' };
    expect((await read(PATCH(ask(name, { key, method: 'PATCH', body }), at(name)))).status).toBe(404);
    expect((await read(DELETE(ask(name, { key, method: 'DELETE' }), at(name)))).status).toBe(404);
  }
  const batch = { logs: [{ unique_id: id, note: 'Mine now' }] };
  const { body } = await read(batchUpdate(ask('batch-update', { key, method: 'PATCH', body: batch })));
  expect(body).toMatchObject({ updated: 0 });
  expect((await read(GET(ask(id), at(id)))).body).not.toHaveProperty('note');
});
