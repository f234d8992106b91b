import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { POST } from '@/app/api/stripe/webhook/route';
import { brandContext, type Context } from '@/lib/auth/context';
import type { Role } from '@/lib/db/generated/enums';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { provideEnv } from '@/lib/env';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { startCheckout } from './checkout';
import { debitUsage } from './debit';
import { listLedger } from './queries';
import { getCreditSettings, saveWarning } from './settings';
import { paymentMetadata, sellsCredits } from './stripe';
import { ledgerOf } from './testing';
import { deliver, openShop, paidIntent, SECRET } from './testing.payments';
import { type StripeServer, signed } from './testing.stripe';

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

const as = (role: Role) => brandContext({ organizationId, userId: null, role });

function session(paymentId: string, cents: number, status = 'paid') {
  const metadata = paymentMetadata(organizationId);
  const amounts = { amount_total: cents, currency: 'usd', payment_status: status };
  return { id: 'cs_1', object: 'checkout.session', mode: 'payment', payment_intent: paymentId, metadata, ...amounts };
}

const intent = (id: string, cents: number, metadata?: object) => paidIntent(organizationId, { id, cents, metadata });

function charge(paymentId: string, refundedCents: number) {
  const metadata = paymentMetadata(organizationId);
  return {
    id: `ch_${paymentId}`,
    object: 'charge',
    payment_intent: paymentId,
    amount_refunded: refundedCents,
    metadata,
  };
}

const balance = async () => (await ledgerOf(organizationId)).balance;

describe('a purchase', () => {
  test('leads to Stripe’s page with the amount in cents, and who buys', async () => {
    expect(await startCheckout(ctx, { usd: '12.50' })).toBe('https://checkout.stripe.com/c/pay/cs_1');
    const [customer, checkout] = stripe.asked;
    expect(customer).toMatchObject({ path: '/v1/customers', fields: { name: 'Acme' } });
    expect(checkout?.fields).toMatchObject({
      mode: 'payment',
      customer: 'cus_1',
      'line_items[0][price_data][unit_amount]': '1250',
      'line_items[0][price_data][currency]': 'usd',
      'payment_intent_data[setup_future_usage]': 'off_session',
      'payment_intent_data[metadata][organization_id]': organizationId,
      'allowed_payment_method_types[0]': 'card',
      success_url: 'http://respan.test/settings/credits?payment=done',
    });
    await startCheckout(ctx, { usd: '5' });
    expect(stripe.asked.filter(({ path }) => path === '/v1/customers')).toHaveLength(1);
    expect(await balance()).toBe(0n);
  });

  test('is for owners and admins, and only where Stripe is configured', async () => {
    await expect(startCheckout(as('developer'), { usd: '5' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(saveWarning(as('viewer'), { warnBelowUsd: '5' })).rejects.toMatchObject({ code: 'forbidden' });
    provideEnv({ STRIPE_WEBHOOK_SECRET: '' });
    expect(sellsCredits()).toBe(false);
    await expect(startCheckout(ctx, { usd: '5' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await deliver('payment_intent.succeeded', intent('pi_off', 500))).toBe(404);
  });

  test('is entered once, whichever events tell of it, in any order and however often', async () => {
    const again = 'evt_again_1';
    await Promise.all([
      deliver('checkout.session.completed', session('pi_1', 2500), again),
      deliver('checkout.session.completed', session('pi_1', 2500), again),
      deliver('payment_intent.succeeded', intent('pi_1', 2500)),
      deliver('checkout.session.async_payment_succeeded', session('pi_1', 2500)),
    ]);
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: usd('25'), sum: usd('25'), entries: 1 });
    expect((await listLedger(ctx)).entries).toMatchObject([{ type: 'purchase', description: 'Top-up' }]);
    expect((await getCreditSettings(ctx)).hasCard).toBe(true);
  });

  test('counts when it is paid, and only when it is ours', async () => {
    expect(await deliver('checkout.session.completed', session('pi_2', 2500, 'unpaid'))).toBe(200);
    expect(await deliver('payment_intent.succeeded', intent('pi_3', 2500, {}))).toBe(200);
    const other = paymentMetadata(uuidv7());
    expect(await deliver('payment_intent.succeeded', intent('pi_4', 2500, other))).toBe(200);
    expect(await deliver('customer.created', { id: 'cus_9' })).toBe(200);
    expect(await balance()).toBe(0n);
  });

  test('is believed only with Stripe’s signature, and while it is fresh', async () => {
    const forged = intent('pi_5', 2500);
    expect(await deliver('payment_intent.succeeded', forged, undefined, 'whsec_wrong')).toBe(400);
    const old = Math.floor(Date.now() / 1000) - 3600;
    expect(await deliver('payment_intent.succeeded', forged, undefined, SECRET, old)).toBe(400);
    const unsigned = new Request('http://respan.test', { method: 'POST', body: '{}' });
    expect((await POST(unsigned)).status).toBe(400);
    const { body, signature } = signed({ id: 'evt_t', type: 'payment_intent.succeeded', object: forged }, SECRET);
    const headers = { 'stripe-signature': signature };
    const tampered = body.replace('2500', '9900');
    expect((await POST(new Request('http://respan.test', { method: 'POST', headers, body: tampered }))).status).toBe(
      400,
    );
    expect(await balance()).toBe(0n);
  });
});

describe('money that goes back', () => {
  beforeEach(async () => {
    await deliver('payment_intent.succeeded', intent(`pi_${organizationId}`, 2500));
  });
  const paymentId = () => `pi_${organizationId}`;

  test('is taken from the balance part by part, in any order', async () => {
    await deliver('charge.refunded', charge(paymentId(), 1000));
    expect(await balance()).toBe(usd('15'));
    await Promise.all([
      deliver('charge.refunded', charge(paymentId(), 2500)),
      deliver('charge.refunded', charge(paymentId(), 1500)),
      deliver('charge.refunded', charge(paymentId(), 1000)),
    ]);
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: 0n, sum: 0n });
  });

  test('may leave a debt where it was spent', async () => {
    const debit = { organizationId, logId: uuidv7(), costNanoUsd: usd('20'), description: 'claude' };
    await inTransaction((on) => debitUsage([debit], on));
    await deliver('charge.refunded', charge(paymentId(), 2500));
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: usd('-20'), sum: usd('-20') });
  });

  test('comes back when the refund fails, or a dispute is won', async () => {
    await deliver('charge.refunded', charge(paymentId(), 500));
    const failed = {
      id: `re_${organizationId}`,
      object: 'refund',
      amount: 500,
      payment_intent: paymentId(),
      status: 'failed',
    };
    await deliver('refund.failed', failed);
    await deliver('refund.failed', failed);
    expect(await balance()).toBe(usd('25'));
    const dispute = { id: `dp_${organizationId}`, object: 'dispute', amount: 2500, payment_intent: paymentId() };
    await deliver('charge.dispute.funds_withdrawn', dispute);
    await deliver('charge.dispute.funds_withdrawn', dispute);
    expect(await balance()).toBe(0n);
    await deliver('charge.dispute.funds_reinstated', dispute);
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: usd('25'), sum: usd('25'), entries: 5 });
  });

  test('is asked for again where its payment is not known yet', async () => {
    const event = 'evt_early';
    expect(await deliver('charge.refunded', charge('pi_late', 500), event)).toBe(409);
    await deliver('payment_intent.succeeded', intent('pi_late', 1000));
    expect(await deliver('charge.refunded', charge('pi_late', 500), event)).toBe(200);
    expect(await balance()).toBe(usd('30'));
    const foreign = { id: 'ch_x', object: 'charge', payment_intent: 'pi_x', amount_refunded: 500, metadata: {} };
    expect(await deliver('charge.refunded', foreign)).toBe(200);
  });
});
