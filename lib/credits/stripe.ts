import Stripe from 'stripe';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type NanoUsd, nanoUsdFromDecimal } from '@/lib/money/nano-usd';

const NANO_PER_CENT = 10_000_000n;
const TIMEOUT_MS = 15_000;

/** What else pays may take days, and fail after the credits were spent. */
export const CARD_ONLY = ['card' as const];
/** While an automatic top-up is said to be this, no other is made. */
export const NOT_THROUGH = 'The last payment is not through yet.';

/** Whether this installation sells credits. */
export function sellsCredits(): boolean {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env();
  return Boolean(STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET);
}

/** @throws AppError not_found where no credits are sold */
export function stripeClient(): { stripe: Stripe; webhookSecret: string } {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL } = env();
  if (!STRIPE_SECRET_KEY || !STRIPE_WEBHOOK_SECRET)
    throw new AppError('not_found', 'This installation sells no credits: Stripe is not configured.');
  const { hostname, port, protocol } = new URL(STRIPE_API_URL);
  const stripe = new Stripe(STRIPE_SECRET_KEY, {
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    protocol: protocol === 'http:' ? 'http' : 'https',
    timeout: TIMEOUT_MS,
    telemetry: false,
    appInfo: { name: 'Respan' },
  });
  return { stripe, webhookSecret: STRIPE_WEBHOOK_SECRET };
}

export function centsOf(usd: string): number {
  return Number(nanoUsdFromDecimal(usd) / NANO_PER_CENT);
}

export function centsOfNano(amount: NanoUsd): number {
  return Number(amount / NANO_PER_CENT);
}

export function nanoUsdOfCents(cents: number): NanoUsd {
  return BigInt(cents) * NANO_PER_CENT;
}

/** What a payment of ours carries, so that it is told from others on the same Stripe account. */
export function paymentMetadata(organizationId: string, automatic = false) {
  return { purpose: 'respan_credits', organization_id: organizationId, automatic: automatic ? 'yes' : 'no' };
}
