import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

export interface StripeServer {
  readonly url: string;
  /** What it was asked: method, path, and the form's fields. */
  readonly asked: { path: string; fields: Record<string, string>; idempotencyKey: string | undefined }[];
  /** The next payment is declined, as Stripe declines one. */
  decline(): void;
  close(): Promise<void>;
}

/** Answers as Stripe's API does what Respan asks of it. */
export async function startStripe(): Promise<StripeServer> {
  const asked: StripeServer['asked'] = [];
  let declined = false;
  const answers = (path: string, fields: Record<string, string>): [number, object] => {
    if (path === '/v1/customers') return [200, { id: 'cus_1', object: 'customer', name: fields.name }];
    if (path === '/v1/checkout/sessions')
      return [200, { id: 'cs_1', object: 'checkout.session', url: 'https://checkout.stripe.com/c/pay/cs_1' }];
    if (path === '/v1/payment_intents' && declined)
      return [402, { error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' } }];
    const amount = Number(fields.amount);
    const metadata = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => {
        const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
        return key ? [[key, value]] : [];
      }),
    );
    const intent = { id: 'pi_auto', object: 'payment_intent', status: 'succeeded', currency: 'usd' };
    return [200, { ...intent, amount, amount_received: amount, metadata }];
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      asked.push({ path, fields, idempotencyKey: request.headers['idempotency-key']?.toString() });
      const [status, body] = answers(path, fields);
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    decline: () => {
      declined = true;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
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
