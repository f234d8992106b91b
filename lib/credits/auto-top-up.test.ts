import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { topUpLowBalances } from './auto-top-up';
import { debitUsage } from './debit';
import { listLedger } from './queries';
import { getCreditSettings, saveAutoTopUp } from './settings';
import { paymentMetadata } from './stripe';
import { ledgerOf } from './testing';
import { deliver, openShop, paidIntent } from './testing.payments';
import type { StripeServer } from './testing.stripe';

const usd = nanoUsdFromDecimal;

let database: TestDatabase;
let stripe: StripeServer;
let organizationId: string;
let ctx: Context;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ stripe, organizationId, ctx } = await openShop());
  return () => stripe.close();
});

const intent = (id: string, cents: number, metadata?: object) => paidIntent(organizationId, { id, cents, metadata });
const balance = async () => (await ledgerOf(organizationId)).balance;

describe('an automatic top-up', () => {
  const failures: unknown[] = [];
  const run = () => topUpLowBalances((message, error) => failures.push(message, error));
  beforeEach(async () => {
    failures.length = 0;
    await db().creditSettings.deleteMany();
    await deliver('payment_intent.succeeded', intent(`pi_${organizationId}`, 500));
    await saveAutoTopUp(ctx, { belowUsd: '10', usd: '20' });
    stripe.asked.length = 0;
  });

  test('charges the saved card once, whichever process sees it first', async () => {
    await Promise.all([run(), run(), run()]);
    await run();
    expect(failures).toEqual([]);
    const ours = stripe.asked.filter(({ fields }) => fields['metadata[organization_id]'] === organizationId);
    expect(ours).toHaveLength(1);
    expect(ours[0]?.fields).toMatchObject({
      amount: '2000',
      off_session: 'true',
      payment_method: 'pm_1',
      confirm: 'true',
    });
    expect(ours[0]?.idempotencyKey).toContain(organizationId);
    await deliver('payment_intent.succeeded', intent('pi_auto', 2000, paymentMetadata(organizationId, true)));
    expect(await balance()).toBe(usd('25'));
    expect((await listLedger(ctx)).entries[0]?.description).toBe('Automatic top-up');
  });

  test('that is declined says so, and waits for a person', async () => {
    stripe.payAs('declined');
    await run();
    expect((await getCreditSettings(ctx)).topUpError).toBe('Your card was declined.');
    await db().creditSettings.update({ where: { organizationId }, data: { topUpAttemptAt: new Date(0) } });
    const before = stripe.asked.length;
    await run();
    expect(stripe.asked).toHaveLength(before);
    await saveAutoTopUp(ctx, { belowUsd: '10', usd: '20' });
    expect((await getCreditSettings(ctx)).topUpError).toBeNull();
  });

  const later = () => db().creditSettings.update({ where: { organizationId }, data: { topUpAttemptAt: new Date(0) } });
  const automatic = () => paymentMetadata(organizationId, true);

  test('that is on its way is waited for, however long it takes', async () => {
    stripe.payAs('processing');
    await run();
    expect((await getCreditSettings(ctx)).topUpError).toBe('The last payment is not through yet.');
    await later();
    await run();
    await deliver('payment_intent.succeeded', intent('pi_by_hand', 100));
    await run();
    expect(stripe.payments).toHaveLength(1);
    await deliver('payment_intent.succeeded', intent('pi_auto', 2000, automatic()));
    expect((await getCreditSettings(ctx)).topUpError).toBeNull();
    expect(await balance()).toBe(usd('26'));
  });

  test('that came through before its answer is waited for no longer', async () => {
    stripe.payAs('processing');
    await deliver('payment_intent.succeeded', intent('pi_auto', 100, automatic()));
    await run();
    expect((await getCreditSettings(ctx)).topUpError).toBeNull();
  });

  test('whose answer was lost is the same payment when it is asked for again', async () => {
    stripe.payAs('lost');
    await run();
    expect(failures).toHaveLength(2);
    expect((await getCreditSettings(ctx)).topUpError).toBeNull();
    stripe.payAs('succeeded');
    await later();
    await run();
    expect(stripe.payments).toHaveLength(1);
    expect(await balance()).toBe(usd('25'));
    await inTransaction((on) =>
      debitUsage([{ organizationId, logId: uuidv7(), costNanoUsd: usd('20'), description: 'claude' }], on),
    );
    await later();
    await run();
    expect(stripe.payments).toHaveLength(2);
    expect(await balance()).toBe(usd('25'));
  });

  test('that was cancelled waits for a person', async () => {
    stripe.payAs('processing');
    await run();
    await deliver('payment_intent.canceled', intent('pi_auto', 2000, automatic()));
    expect((await getCreditSettings(ctx)).topUpError).toBe('The payment was cancelled.');
  });

  test('is by card: nothing else is kept', async () => {
    const bank = {
      ...intent('pi_bank', 100),
      payment_method: 'pm_bank',
      payment_method_types: ['card', 'us_bank_account'],
    };
    await deliver('payment_intent.succeeded', bank);
    await run();
    expect(stripe.asked.at(-1)?.fields).toMatchObject({
      payment_method: 'pm_1',
      'allowed_payment_method_types[0]': 'card',
    });
  });
});
