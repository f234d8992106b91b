import type Stripe from 'stripe';
import { z } from 'zod';
import { execute, type Queryable, queryRows, sql } from '@/lib/db/sql';
import { inTransaction } from '@/lib/db/transaction';
import { AppError } from '@/lib/errors';
import { formatMoney } from '@/lib/format';
import { appendCredit } from './append';
import { NOT_THROUGH, nanoUsdOfCents, stripeClient } from './stripe';

/**
 * Acts on an event that Stripe sent, once, however often it comes.
 * @param body as it came: the signature is of its bytes
 * @throws AppError bad_request where it is not from Stripe, or too old; not_found where no credits are sold
 */
export async function receiveStripeEvent(body: string, signature: string | null): Promise<void> {
  const { stripe, webhookSecret } = stripeClient();
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(body, signature ?? '', webhookSecret);
  } catch (cause) {
    throw new AppError('bad_request', 'The signature of this event is not valid.', { cause });
  }
  await inTransaction(async (on) => {
    const isNew = await execute(
      sql`INSERT INTO "StripeEvent" ("id", "type") VALUES (${event.id}, ${event.type}) ON CONFLICT DO NOTHING`,
      on,
    );
    if (isNew) await act(event, on);
  });
}

async function act(event: Stripe.Event, on: Queryable): Promise<void> {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded': {
      const { payment_status, payment_intent, amount_total, currency, metadata } = event.data.object;
      if (payment_status !== 'paid' || !payment_intent) return;
      return addPurchase({ id: idOf(payment_intent), cents: amount_total ?? 0, currency, metadata }, on);
    }
    case 'payment_intent.succeeded': {
      const intent = event.data.object;
      await addPurchase({ ...intent, cents: intent.amount_received }, on);
      return keepCard(intent, on);
    }
    case 'payment_intent.payment_failed': {
      const { metadata, last_payment_error } = event.data.object;
      if (metadata.automatic !== 'yes') return;
      return noteFailure(metadata, last_payment_error?.message ?? 'The payment failed.', on);
    }
    case 'payment_intent.canceled': {
      const { metadata } = event.data.object;
      if (metadata.automatic !== 'yes') return;
      return noteFailure(metadata, 'The payment was cancelled.', on);
    }
    case 'charge.refunded':
      return refund(event.data.object, on);
    case 'refund.failed': {
      const { id, amount, payment_intent } = event.data.object;
      return change(payment_intent, nanoUsdOfCents(amount), `stripe:${id}:failed`, 'A refund that failed', on);
    }
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated': {
      const { id, amount, payment_intent } = event.data.object;
      const taken = event.type === 'charge.dispute.funds_withdrawn';
      const nano = taken ? -nanoUsdOfCents(amount) : nanoUsdOfCents(amount);
      const words = taken ? 'A disputed payment' : 'A dispute that was won';
      return change(payment_intent, nano, `stripe:${id}:${taken ? 'withdrawn' : 'reinstated'}`, words, on);
    }
  }
}

interface Payment {
  readonly id: string;
  readonly cents: number;
  readonly currency: string | null;
  readonly metadata: Stripe.Metadata | null;
}

/** Several events tell of one payment: it is entered by the first of them. */
export async function addPurchase({ id, cents, currency, metadata }: Payment, on: Queryable): Promise<void> {
  const organizationId = await organizationOf(metadata, on);
  if (!organizationId || currency !== 'usd' || cents <= 0) return;
  const amountNanoUsd = nanoUsdOfCents(cents);
  const description = metadata?.automatic === 'yes' ? 'Automatic top-up' : 'Top-up';
  const entry = { organizationId, type: 'purchase', amountNanoUsd, description, stripePaymentIntentId: id } as const;
  await appendCredit({ ...entry, reference: `stripe:${id}` }, on);
}

/** Null for what is not ours: other payments may go through the same Stripe account. */
async function organizationOf(metadata: Stripe.Metadata | null, on: Queryable): Promise<string | null> {
  const id = z.uuid().safeParse(metadata?.organization_id);
  if (metadata?.purpose !== 'respan_credits' || !id.success) return null;
  const [found] = await queryRows(
    sql`SELECT "id" FROM "Organization" WHERE "id" = ${id.data}::uuid`,
    z.object({ id: z.uuid() }),
    on,
  );
  return found?.id ?? null;
}

async function keepCard(intent: Stripe.PaymentIntent, on: Queryable): Promise<void> {
  const { metadata, customer, payment_method, payment_method_types } = intent;
  const organizationId = await organizationOf(metadata, on);
  if (!organizationId || !customer || !payment_method) return;
  if (payment_method_types.some((type) => type !== 'card')) return;
  // A purchase by hand does not end the wait for a payment that is on its way.
  const waitsFor = metadata.automatic === 'yes' ? null : NOT_THROUGH;
  await execute(
    sql`INSERT INTO "CreditSettings" AS kept ("organizationId", "stripeCustomerId", "stripePaymentMethodId")
        VALUES (${organizationId}::uuid, ${idOf(customer)}, ${idOf(payment_method)})
        ON CONFLICT ("organizationId") DO UPDATE SET "stripeCustomerId" = excluded."stripeCustomerId",
          "stripePaymentMethodId" = excluded."stripePaymentMethodId",
          "topUpError" = CASE WHEN kept."topUpError" = ${waitsFor} THEN kept."topUpError" END,
          "updatedAt" = now()`,
    on,
  );
}

async function noteFailure(metadata: Stripe.Metadata, message: string, on: Queryable): Promise<void> {
  const organizationId = await organizationOf(metadata, on);
  if (!organizationId) return;
  await execute(
    sql`UPDATE "CreditSettings" SET "topUpError" = ${message.slice(0, 300)} WHERE "organizationId" = ${organizationId}::uuid`,
    on,
  );
}

const purchaseRow = z.object({ organizationId: z.uuid(), refunded: z.string().transform(BigInt) });

/** A charge tells what was refunded of it in all; what the ledger has of that already is not taken again. */
async function refund({ payment_intent, amount_refunded, metadata }: Stripe.Charge, on: Queryable): Promise<void> {
  if (!payment_intent) return;
  const paymentId = idOf(payment_intent);
  const purchase = await findPurchase(paymentId, on);
  // Events come in any order: it is sent again, and then the purchase is there.
  if (!purchase && metadata?.purpose === 'respan_credits')
    throw new AppError('conflict', 'The payment of this refund is not known yet.');
  if (!purchase) return;
  const amountNanoUsd = nanoUsdOfCents(amount_refunded) - purchase.refunded;
  if (amountNanoUsd <= 0n) return;
  const { organizationId } = purchase;
  const entry = {
    organizationId,
    type: 'refund',
    amountNanoUsd: -amountNanoUsd,
    stripePaymentIntentId: paymentId,
  } as const;
  const description = `${formatMoney(amountNanoUsd)} refunded`;
  await appendCredit({ ...entry, description, reference: `stripe:${paymentId}:refunded:${amount_refunded}` }, on);
}

async function change(
  paymentIntent: string | Stripe.PaymentIntent | null,
  amountNanoUsd: bigint,
  reference: string,
  description: string,
  on: Queryable,
): Promise<void> {
  const paymentId = paymentIntent && idOf(paymentIntent);
  const purchase = paymentId ? await findPurchase(paymentId, on) : null;
  if (!purchase) return;
  const entry = { organizationId: purchase.organizationId, type: 'adjustment', amountNanoUsd, description } as const;
  await appendCredit({ ...entry, reference, stripePaymentIntentId: paymentId }, on);
}

/** Locked, so that two refunds of one payment are entered one after the other. */
async function findPurchase(paymentId: string, on: Queryable) {
  const [purchase] = await queryRows(
    sql`SELECT "organizationId" FROM "CreditTransaction"
        WHERE "stripePaymentIntentId" = ${paymentId} AND "type" = 'purchase' FOR UPDATE`,
    z.object({ organizationId: z.uuid() }),
    on,
  );
  if (!purchase) return null;
  const [found] = await queryRows(
    sql`SELECT ${purchase.organizationId}::uuid AS "organizationId", coalesce(-sum("amountNanoUsd"), 0)::text AS "refunded"
        FROM "CreditTransaction" WHERE "organizationId" = ${purchase.organizationId}::uuid
          AND "stripePaymentIntentId" = ${paymentId} AND "type" = 'refund'`,
    purchaseRow,
    on,
  );
  return found ?? null;
}

function idOf(of: string | { id: string }): string {
  return typeof of === 'string' ? of : of.id;
}
