import Stripe from 'stripe';
import { z } from 'zod';
import { execute, type Queryable, queryRows, sql } from '@/lib/db/sql';
import { inTransaction } from '@/lib/db/transaction';
import { wordsOf } from './checkout';
import { CARD_ONLY, centsOfNano, NOT_THROUGH, paymentMetadata, sellsCredits, stripeClient } from './stripe';
import { addPurchase } from './stripe-events';

const dueRow = z.object({
  organizationId: z.uuid(),
  amount: z.string().transform(BigInt),
  customer: z.string(),
  card: z.string(),
  attemptId: z.uuid(),
});
type Due = z.infer<typeof dueRow>;

/**
 * Charges the saved cards of organizations whose balance is below what they chose. Of several processes one does it, and not again
 * within five minutes. One that fails is not repeated until a person says so, one that is on its way is waited for, and one whose
 * answer was lost is asked for again as the same payment.
 */
export async function topUpLowBalances(report: (message: string, error?: unknown) => void): Promise<void> {
  if (!sellsCredits()) return;
  const due = await queryRows(
    sql`UPDATE "CreditSettings" AS wish SET "topUpAttemptAt" = now(),
          "topUpAttemptId" = coalesce(wish."topUpAttemptId", gen_random_uuid())
        FROM "CreditBalance" AS kept
        WHERE kept."organizationId" = wish."organizationId" AND kept."balanceNanoUsd" < wish."topUpBelowNanoUsd"
          AND wish."topUpNanoUsd" IS NOT NULL AND wish."stripeCustomerId" IS NOT NULL
          AND wish."stripePaymentMethodId" IS NOT NULL AND wish."topUpError" IS NULL
          AND (wish."topUpAttemptAt" IS NULL OR wish."topUpAttemptAt" < now() - interval '5 minutes')
        RETURNING wish."organizationId", wish."topUpNanoUsd"::text AS "amount", wish."stripeCustomerId" AS "customer",
          wish."stripePaymentMethodId" AS "card", wish."topUpAttemptId" AS "attemptId"`,
    dueRow,
  );
  for (const one of due) await charge(one).catch((error: unknown) => report('An automatic top-up was not made', error));
}

async function charge(due: Due): Promise<void> {
  try {
    const intent = await pay(due);
    await inTransaction(async (on) => {
      // The event says the same, and is then nothing new.
      if (intent.status === 'succeeded') await addPurchase({ ...intent, cents: intent.amount_received }, on);
      else if (!(await isThrough(intent, due, on))) await note(due, NOT_THROUGH, on);
      await end(due, on);
    });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    // What Stripe could not be asked is asked again; what it refused needs a person.
    if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError)
      throw error;
    // The wish has changed since the payment was asked for, which Stripe knows: an event tells how that went.
    const words = error instanceof Stripe.errors.StripeIdempotencyError ? NOT_THROUGH : wordsOf(error);
    await inTransaction(async (on) => {
      await note(due, words, on);
      await end(due, on);
    });
  }
}

function pay({ organizationId, amount, customer, card, attemptId }: Due): Promise<Stripe.PaymentIntent> {
  return stripeClient().stripe.paymentIntents.create(
    {
      amount: centsOfNano(amount),
      currency: 'usd',
      customer,
      payment_method: card,
      allowed_payment_method_types: CARD_ONLY,
      off_session: true,
      confirm: true,
      metadata: paymentMetadata(organizationId, true),
    },
    { idempotencyKey: `respan-top-up-${organizationId}-${attemptId}` },
  );
}

/** Whether the event came before the answer. The settings are locked, as by whoever acts on that event. */
async function isThrough({ id }: Stripe.PaymentIntent, { organizationId }: Due, on: Queryable): Promise<boolean> {
  await execute(sql`SELECT FROM "CreditSettings" WHERE "organizationId" = ${organizationId}::uuid FOR UPDATE`, on);
  const found = await execute(
    sql`SELECT FROM "CreditTransaction" WHERE "organizationId" = ${organizationId}::uuid AND "reference" = ${`stripe:${id}`}`,
    on,
  );
  return found > 0;
}

async function note({ organizationId }: Due, words: string, on: Queryable): Promise<void> {
  await execute(
    sql`UPDATE "CreditSettings" SET "topUpError" = ${words} WHERE "organizationId" = ${organizationId}::uuid`,
    on,
  );
}

/** The outcome is known: the next payment is another one. */
async function end({ organizationId, attemptId }: Due, on: Queryable): Promise<void> {
  await execute(
    sql`UPDATE "CreditSettings" SET "topUpAttemptId" = NULL
        WHERE "organizationId" = ${organizationId}::uuid AND "topUpAttemptId" = ${attemptId}::uuid`,
    on,
  );
}
