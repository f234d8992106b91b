import Stripe from 'stripe';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { requireTreasurer } from './settings';
import { CARD_ONLY, centsOf, paymentMetadata, stripeClient } from './stripe';

/**
 * Begins a purchase of credits. They are added when Stripe says that the payment went through, not when the buyer comes back.
 * @returns the address of the payment page
 * @throws AppError forbidden, not_found where no credits are sold, or provider_refused with what Stripe said
 */
export async function startCheckout(ctx: Context, { usd }: { usd: string }): Promise<string> {
  requireTreasurer(ctx);
  const { stripe } = stripeClient();
  const { organizationId } = ctx;
  const metadata = paymentMetadata(organizationId);
  const page = `${env().APP_URL ?? ''}/settings/credits`;
  try {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      allowed_payment_method_types: CARD_ONLY,
      customer: await customerOf(stripe, organizationId),
      client_reference_id: organizationId,
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'usd', unit_amount: centsOf(usd), product_data: { name: 'Respan credits' } },
        },
      ],
      // The card can then be charged for automatic top-ups.
      payment_intent_data: { setup_future_usage: 'off_session', metadata },
      metadata,
      success_url: `${page}?payment=done`,
      cancel_url: `${page}?payment=cancelled`,
    });
    if (!session.url) throw new AppError('provider_refused', 'Stripe gave no payment page. Try again.');
    return session.url;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError)
      throw new AppError('provider_refused', `Stripe refused: ${wordsOf(error)}`, { cause: error });
    throw error;
  }
}

/** Stripe's words, without the key that some of its errors quote. */
export function wordsOf(error: InstanceType<typeof Stripe.errors.StripeError>): string {
  if (error instanceof Stripe.errors.StripeAuthenticationError) return 'the key of this installation is not valid.';
  if (error instanceof Stripe.errors.StripeConnectionError) return 'it could not be reached. Try again in a moment.';
  return error.message.slice(0, 300);
}

async function customerOf(stripe: Stripe, organizationId: string): Promise<string> {
  const found = await db().creditSettings.findUnique({ where: { organizationId } });
  if (found?.stripeCustomerId) return found.stripeCustomerId;
  const organization = await db().organization.findUnique({ where: { id: organizationId }, select: { name: true } });
  const customer = await stripe.customers.create(
    { name: organization?.name ?? '', metadata: { organization_id: organizationId } },
    { idempotencyKey: `respan-customer-${organizationId}` },
  );
  await db().creditSettings.upsert({
    where: { organizationId },
    create: { organizationId, stripeCustomerId: customer.id },
    update: { stripeCustomerId: customer.id },
  });
  return customer.id;
}
