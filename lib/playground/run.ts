import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { PLAYGROUND_METADATA, type RunRequest, type WireFormat } from './schema';

const PATHS: Readonly<Record<WireFormat, string>> = {
  messages: '/api/anthropic/v1/messages',
  chat: '/api/chat/completions',
};

/** What of the gateway's answer the browser is told, besides its body. */
const PASSED = ['content-type', 'x-respan-log-id', 'retry-after'];

/**
 * Calls this installation's gateway as any program would, over HTTP, so that a run is limited, billed and logged like any call.
 * @param key a key of the organization; it goes no further than the gateway
 * @returns the gateway's answer, bytes as they come, whatever its status
 * @throws AppError unavailable where the gateway can't be reached
 */
export async function callGateway(key: string, { format, body }: RunRequest, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(`${ownAddress()}${PATHS[format]}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'x-data-respan-params': JSON.stringify({ metadata: PLAYGROUND_METADATA }),
      ...(format === 'messages' ? { 'anthropic-version': '2023-06-01' } : {}),
    },
    body,
    signal,
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new AppError('unavailable', 'The gateway could not be reached. Try again.', { cause });
  });
  // no-transform keeps compression from holding events back.
  const headers = new Headers({ 'cache-control': 'private, no-store, no-transform' });
  for (const name of PASSED) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

/** Where this process itself listens: the public address may lead through a proxy that can't be reached from here. */
function ownAddress(): string {
  const { HOST, PORT } = env();
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '::1' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}
