import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendCredit } from '@/lib/credits/append';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { ensureKey } from '@/lib/keys/ensure';
import { GET as one } from './[id]/route';
import { GET as list } from './list/route';

const KEY = 'abcdefgh.0123456789abcdefghijABCDEFGHIJ12';
const OTHER_KEY = 'bcdefghi.0123456789abcdefghijABCDEFGHIJ12';

let database: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  organizationId = await organizationWith(KEY);
  await organizationWith(OTHER_KEY);
  const expiresAt = new Date('2999-01-31T00:00:00Z');
  await append({ type: 'grant', amountNanoUsd: 5_000_000_000n, description: 'Pilot', expiresAt });
  await append({
    type: 'purchase',
    amountNanoUsd: 20_000_000_000n,
    description: 'Top-up',
    stripePaymentIntentId: 'pi_1',
    metadata: { receipt: 'r1' },
  });
});
afterAll(() => database.drop());

async function organizationWith(presented: string): Promise<string> {
  const id = uuidv7();
  await db().organization.create({ data: { id, name: 'Acme' } });
  await ensureKey({ organizationId: id, presented });
  return id;
}

const append = (entry: Omit<Parameters<typeof appendCredit>[0], 'organizationId'>) =>
  inTransaction((on) => appendCredit({ organizationId, ...entry }, on));

async function ask(path: string, key: string | null = KEY) {
  const url = `http://x.test/api/credit-transactions/${path}`;
  const request = new Request(url, { headers: key ? { authorization: `Bearer ${key}` } : {} });
  const id = path.split('/')[0] ?? '';
  const response = await (id === 'list' ? list(request) : one(request, { params: Promise.resolve({ id }) }));
  return { status: response.status, body: await response.json() };
}

test('lists the ledger with the documented fields, newest first, in pages', async () => {
  const { body } = await ask('list/?page_size=1');
  expect(body).toMatchObject({ count: 2, next: '/api/credit-transactions/list/?page_size=1&page=2', previous: null });
  expect(body.results).toEqual([
    {
      id: expect.stringMatching(/^ct_[0-9a-f-]{36}$/),
      organization_subscription: organizationId,
      unique_organization_id: organizationId,
      amount: 20,
      transaction_type: 'purchase',
      created_at: expect.stringMatching(/Z$/),
      expires_at: null,
      description: 'Top-up',
      stripe_payment_intent_id: 'pi_1',
      metadata: { receipt: 'r1' },
    },
  ]);
  const second = await ask('list/?page_size=1&page=2');
  expect(second.body).toMatchObject({ next: null, previous: '/api/credit-transactions/list/?page_size=1&page=1' });
  expect(second.body.results).toMatchObject([{ amount: 5, expires_at: '2999-01-31T00:00:00.000Z', metadata: {} }]);
  expect((await ask('list/?transaction_type=grant')).body).toMatchObject({ count: 1, results: [{ amount: 5 }] });
});

test('gives one by its id to its own organization alone', async () => {
  const { id } = (await ask('list/')).body.results[0];
  expect(await ask(`${id}/`)).toMatchObject({ status: 200, body: { id, amount: 20 } });
  expect(await ask(`${id.slice(3)}/`)).toMatchObject({ status: 200, body: { id } });
  expect(await ask(`${id}/`, OTHER_KEY)).toEqual({ status: 404, body: { detail: 'Credit transaction not found' } });
  expect(await ask('ct_nonsense/')).toMatchObject({ status: 404 });
  expect((await ask('list/', OTHER_KEY)).body).toMatchObject({ count: 0, results: [] });
});

test('refuses pages it does not have and callers without a key', async () => {
  expect(await ask('list/?page_size=1001')).toMatchObject({ status: 422, body: { detail: 'Validation error' } });
  expect(await ask('list/', null)).toMatchObject({ status: 401 });
  expect(await ask('list/', 'zzzzzzzz.0123456789abcdefghijABCDEFGHIJ12')).toMatchObject({ status: 401 });
});
