import { createHmac, randomBytes } from 'node:crypto';
import { Agent, errors, request } from 'undici';
import { env } from '@/lib/env';
import { AddressRefused, publicConnector } from '@/lib/gateway/http/public-addresses';

/** How long a receiver may take to answer, and to be reached. */
const TIMEOUT_MS = 10_000;

export interface Sent {
  /** Null where there was no answer. */
  readonly statusCode: number | null;
  /** Null where it was accepted: answered with 200 to 299. Never names more of the address than its host. */
  readonly error: string | null;
  readonly durationMs: number;
}

/** Connections to addresses that people typed: public ones only, unless the installation allows others. */
export class Sender {
  readonly #agent: Agent;
  readonly #timeoutMs: number;

  constructor(timeoutMs = TIMEOUT_MS) {
    this.#timeoutMs = timeoutMs;
    const connect = { timeout: timeoutMs };
    this.#agent = new Agent({
      connect: env().ALLOW_PRIVATE_UPSTREAMS ? connect : publicConnector(connect),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connections: 32,
    });
  }

  /**
   * Posts JSON. Redirects are not followed: they would lead past the check of the address. Never throws.
   * @param secret signs the body; null sends it unsigned
   */
  async post(url: string, body: string, secret: string | null): Promise<Sent> {
    const startedAt = performance.now();
    const ended = (statusCode: number | null, error: string | null): Sent => ({
      statusCode,
      error,
      durationMs: Math.round(performance.now() - startedAt),
    });
    try {
      const response = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Respan',
          ...(secret ? signed(body, secret) : {}),
        },
        body,
        signal: AbortSignal.timeout(this.#timeoutMs),
        dispatcher: this.#agent,
      });
      await response.body.dump({ limit: 65_536 });
      const { statusCode } = response;
      return ended(statusCode, statusCode >= 200 && statusCode < 300 ? null : `It answered ${statusCode}.`);
    } catch (error) {
      return ended(null, reasonOf(error, this.#timeoutMs));
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** A new secret for signing, 256 bits. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('hex')}`;
}

/** The hexadecimal HMAC-SHA256 of the body, under its name and under the older one. */
function signed(body: string, secret: string): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { 'x-respan-signature': signature, 'x-keywordsai-signature': signature };
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof AddressRefused)
    return 'It leads to a private address, and this installation calls public ones only.';
  const isLate =
    (error instanceof DOMException && error.name === 'TimeoutError') ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError;
  if (isLate) return `It gave no answer in ${timeoutMs / 1000} seconds.`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return `It could not be reached${typeof code === 'string' ? ` (${code})` : ''}.`;
}
