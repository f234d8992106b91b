import { Agent, errors, request } from 'undici';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { AddressRefused, publicConnector } from '@/lib/gateway/http/public-addresses';
import type { Provider } from '@/lib/gateway/providers/provider';
import { privateAddress } from './base-url';

const TIMEOUT_MS = 10_000;

/**
 * Asks a provider whether it accepts a key, by a real call that costs nothing.
 * @param baseUrl of the installation for a provider of the registry; for others the one that a person typed, which is called
 *   only if it is public
 * @returns a warning where a custom provider has no list of models to ask for; null where the key was accepted
 * @throws AppError provider_refused (it said no), invalid_input (private address) or unavailable (it could not be asked);
 *   the message never has the key
 */
export async function verifyKey(provider: Provider, baseUrl: string, secret: string): Promise<string | null> {
  const status = await probe(provider, baseUrl, secret);
  if (status === 200) return null;
  const refusal = refusalOf(provider.name, status);
  if (refusal) throw new AppError('provider_refused', refusal, { fields: { secret: refusal } });
  const { host } = new URL(baseUrl);
  const isCustom = provider.baseUrl !== null;
  if (isCustom && (status === 404 || status === 405))
    return `${host} has no list of models (${status}), so neither the address nor the key could be checked.`;
  throw new AppError('unavailable', undecided(status, host, isCustom ? null : provider.id));
}

async function probe({ baseUrl: typed, ...provider }: Provider, baseUrl: string, secret: string): Promise<number> {
  const connect = { timeout: TIMEOUT_MS };
  const guarded = typed !== null && !env().ALLOW_PRIVATE_UPSTREAMS;
  const dispatcher = new Agent({ connect: guarded ? publicConnector(connect) : connect });
  try {
    const response = await request(`${baseUrl}${provider.probe.path}`, {
      headers: ['accept', 'application/json', ...provider.probe.headers, ...provider.credentialHeaders(secret)],
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      dispatcher,
    });
    await response.body.dump();
    return response.statusCode;
  } catch (error) {
    const { host } = new URL(baseUrl);
    if (error instanceof AddressRefused) throw privateAddress(host);
    const message = `${host} could not be reached (${reason(error)}), so the key was not checked. Check this server's connection, then try again.`;
    // The cause is left out on purpose: a client error can carry the request with its headers.
    throw new AppError('unavailable', message);
  } finally {
    await dispatcher.destroy();
  }
}

function refusalOf(name: string, status: number): string | null {
  if (status === 401) return `${name} refused this key (401). Check that you copied all of it.`;
  if (status !== 403) return null;
  return `${name} knows this key but does not allow it to use the API (403). Check its workspace and permissions.`;
}

function undecided(status: number, host: string, provider: string | null): string {
  if (status === 429 || status >= 500)
    return `${host} answered ${status}, so the key could not be checked. Try again in a minute.`;
  const check = provider ? `${provider.toUpperCase()}_BASE_URL of this installation` : 'the base URL';
  return `${host} answered ${status} where a list of models was expected. Check ${check}.`;
}

function reason(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `no answer in ${TIMEOUT_MS / 1000} seconds`;
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.ConnectTimeoutError)
    return 'no answer in time';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'the connection failed';
}
