import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

export interface StripeServer {
  readonly url: string;
  /** What it was asked: method, path, and the form's fields. */
  readonly asked: { path: string; fields: Record<string, string>; idempotencyKey: string | undefined }[];
  /** Payments made: the same idempotency key leads to the same one. */
  readonly payments: object[];
  /** How payments go from now on: declined, as Stripe declines one; on their way for days; or made, and the answer is lost. */
  payAs(outcome: 'succeeded' | 'declined' | 'processing' | 'lost'): void;
  close(): Promise<void>;
}

/** Answers as Stripe's API does what Respan asks of it. */
export async function startStripe(): Promise<StripeServer> {
  const asked: StripeServer['asked'] = [];
  const payments = new Map<string, object>();
  let outcome: Parameters<StripeServer['payAs']>[0] = 'succeeded';
  const answers = (path: string, fields: Record<string, string>, key: string): [number, object] => {
    if (path === '/v1/customers') return [200, { id: 'cus_1', object: 'customer', name: fields.name }];
    if (path === '/v1/checkout/sessions')
      return [200, { id: 'cs_1', object: 'checkout.session', url: 'https://checkout.stripe.com/c/pay/cs_1' }];
    if (outcome === 'declined')
      return [402, { error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' } }];
    const payment = payments.get(key) ?? paymentOf(fields, `pi_auto${payments.size || ''}`, outcome);
    payments.set(key, payment);
    return [200, payment];
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const idempotencyKey = request.headers['idempotency-key']?.toString();
      asked.push({ path, fields, idempotencyKey });
      const [status, body] = answers(path, fields, idempotencyKey ?? randomUUID());
      if (outcome === 'lost' && path === '/v1/payment_intents') return request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    get payments() {
      return [...payments.values()];
    },
    payAs: (next) => {
      outcome = next;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function paymentOf(fields: Record<string, string>, id: string, outcome: string): object {
  const amount = Number(fields.amount);
  const metadata = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      return key ? [[key, value]] : [];
    }),
  );
  const pending = outcome === 'processing';
  const status = pending ? 'processing' : 'succeeded';
  const amounts = { amount, amount_received: pending ? 0 : amount, currency: 'usd' };
  return { id, object: 'payment_intent', status, ...amounts, metadata };
}

const signer = new Stripe('sk_test_signer');

/** An event as Stripe sends it, with the signature that its own library makes. */
export function signed(
  event: { id: string; type: string; object: object },
  secret: string,
  timestamp = Math.floor(Date.now() / 1000),
): { body: string; signature: string } {
  const body = JSON.stringify({
    id: event.id,
    object: 'event',
    api_version: '2026-10-29',
    created: timestamp,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: event.type,
    data: { object: event.object },
  });
  return { body, signature: signer.webhooks.generateTestHeaderString({ payload: body, secret, timestamp }) };
}
