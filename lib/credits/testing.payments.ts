import { uuidv7 } from 'uuidv7';
import { POST } from '@/app/api/stripe/webhook/route';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { provideEnv } from '@/lib/env';
import { paymentMetadata } from './stripe';
import { type StripeServer, signed, startStripe } from './testing.stripe';

export const SECRET = 'whsec_test_secret';

/** A Stripe of its own, and an organization that buys from it. */
export async function openShop(): Promise<{ stripe: StripeServer; organizationId: string; ctx: Context }> {
  const stripe = await startStripe();
  provideEnv({
    STRIPE_SECRET_KEY: 'sk_test_respan',
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_API_URL: stripe.url,
    APP_URL: 'http://respan.test',
  });
  const organizationId = uuidv7();
  await db().organization.create({ data: { id: organizationId, name: 'Acme' } });
  return { stripe, organizationId, ctx: brandContext({ organizationId, userId: null, role: 'owner' }) };
}

/** @returns the status that Stripe sees */
export async function deliver(
  type: string,
  object: object,
  id = `evt_${uuidv7()}`,
  secret = SECRET,
  timestamp?: number,
): Promise<number> {
  const { body, signature } = signed({ id, type, object }, secret, timestamp);
  const headers = { 'stripe-signature': signature };
  const response = await POST(new Request('http://respan.test/api/stripe/webhook', { method: 'POST', headers, body }));
  return response.status;
}

/** A payment that went through, by card. */
export function paidIntent(
  organizationId: string,
  { id, cents, metadata = paymentMetadata(organizationId) }: { id: string; cents: number; metadata?: object },
) {
  const amounts = { amount: cents, amount_received: cents, currency: 'usd', status: 'succeeded' };
  const card = { customer: 'cus_1', payment_method: 'pm_1', payment_method_types: ['card'] };
  return { id, object: 'payment_intent', ...card, metadata, ...amounts };
}
