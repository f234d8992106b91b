import { runRoute } from '@/app/run-route';
import { receiveStripeEvent } from '@/lib/credits/stripe-events';

/** What Stripe tells of payments. Only its signature lets anybody in. */
export function POST(request: Request): Promise<Response> {
  return runRoute(async () => {
    await receiveStripeEvent(await request.text(), request.headers.get('stripe-signature'));
    return { received: true };
  });
}
