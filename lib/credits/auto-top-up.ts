import Stripe from 'stripe';
import { z } from 'zod';
import { execute, queryRows, sql } from '@/lib/db/sql';
import { inTransaction } from '@/lib/db/transaction';
import { wordsOf } from './checkout';
import { centsOfNano, paymentMetadata, sellsCredits, stripeClient } from './stripe';
import { addPurchase } from './stripe-events';

const dueRow = z.object({
  organizationId: z.uuid(),
  amount: z.string().transform(BigInt),
  customer: z.string(),
  card: z.string(),
  attempt: z.date(),
});
type Due = z.infer<typeof dueRow>;

/**
 * Charges the saved cards of organizations whose balance is below what they chose. Of several processes one does it, and not again
 * within five minutes: a payment may be on its way. One that fails is not repeated until a person says so.
 */
export async function topUpLowBalances(report: (message: string, error?: unknown) => void): Promise<void> {
  if (!sellsCredits()) return;
  const due = await queryRows(
    sql`UPDATE "CreditSettings" AS wish SET "topUpAttemptAt" = now() FROM "CreditBalance" AS kept
        WHERE kept."organizationId" = wish."organizationId" AND kept."balanceNanoUsd" < wish."topUpBelowNanoUsd"
          AND wish."topUpNanoUsd" IS NOT NULL AND wish."stripeCustomerId" IS NOT NULL
          AND wish."stripePaymentMethodId" IS NOT NULL AND wish."topUpError" IS NULL
          AND (wish."topUpAttemptAt" IS NULL OR wish."topUpAttemptAt" < now() - interval '5 minutes')
        RETURNING wish."organizationId", wish."topUpNanoUsd"::text AS "amount", wish."stripeCustomerId" AS "customer",
          wish."stripePaymentMethodId" AS "card", wish."topUpAttemptAt" AS "attempt"`,
    dueRow,
  );
  for (const one of due) await charge(one).catch((error: unknown) => report('An automatic top-up was not made', error));
}

async function charge({ organizationId, amount, customer, card, attempt }: Due): Promise<void> {
  const { stripe } = stripeClient();
  const metadata = paymentMetadata(organizationId, true);
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: centsOfNano(amount),
        currency: 'usd',
        customer,
        payment_method: card,
        off_session: true,
        confirm: true,
        metadata,
      },
      { idempotencyKey: `respan-top-up-${organizationId}-${attempt.getTime()}` },
    );
    // The event says the same, and is then nothing new.
    if (intent.status === 'succeeded')
      await inTransaction((on) => addPurchase({ ...intent, cents: intent.amount_received }, on));
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    // What Stripe could not be asked is asked again; what it refused needs a person.
    if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError)
      throw error;
    await execute(
      sql`UPDATE "CreditSettings" SET "topUpError" = ${wordsOf(error)} WHERE "organizationId" = ${organizationId}::uuid`,
    );
  }
}
