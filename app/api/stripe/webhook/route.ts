import { MEBIBYTE, readText } from '@/app/read-text';
import { runRoute } from '@/app/run-route';
import { receiveStripeEvent } from '@/lib/credits/stripe-events';

/** What Stripe tells of payments. Only its signature lets anybody in, and it is read with the whole body. */
export function POST(request: Request): Promise<Response> {
  return runRoute(async () => {
    await receiveStripeEvent(await readText(request, MEBIBYTE), request.headers.get('stripe-signature'));
    return { received: true };
  });
}
