import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Answers a scrape. With a token it must be presented as a bearer; without one only this machine itself may ask, and not
 * through a proxy.
 * @param read what is told, in Prometheus's text format
 */
export async function serveMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  registry: Registry,
  token: string | undefined,
  read: () => Promise<string>,
): Promise<void> {
  if (!mayAsk(request, token)) {
    response.writeHead(token ? 401 : 403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(
      token
        ? 'Send METRICS_TOKEN as a bearer token.\n'
        : 'Metrics are told to this machine only. Set METRICS_TOKEN to read them from another one.\n',
    );
    return;
  }
  try {
    const text = await read();
    response.writeHead(200, { 'content-type': registry.contentType });
    response.end(text);
  } catch {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('The metrics could not be read. Try again.\n');
  }
}

function mayAsk({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  if (token) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  const proxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !proxied && LOOPBACK.test(socket.remoteAddress ?? '');
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}
