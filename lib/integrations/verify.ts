import { errors, request } from 'undici';
import { AppError } from '@/lib/errors';

const TIMEOUT_MS = 10_000;

/** @see https://platform.claude.com/docs/en/api/models/list: needs a working key and costs nothing. */
const PROBE = '/v1/models?limit=1';

/**
 * Asks the provider whether it accepts a key, by a real call.
 * @param baseUrl from this installation's configuration, never from a person: no one can make the server call elsewhere
 * @throws AppError provider_refused (it said no) or unavailable (it could not be asked); the message never has the key
 */
export async function verifyAnthropicKey(baseUrl: string, secret: string): Promise<void> {
  const status = await probe(baseUrl, secret);
  if (status === 200) return;
  const refusal = REFUSALS[status];
  if (refusal) throw new AppError('provider_refused', refusal, { fields: { secret: refusal } });
  throw new AppError('unavailable', undecided(status, new URL(baseUrl).host));
}

async function probe(baseUrl: string, secret: string): Promise<number> {
  try {
    const response = await request(`${baseUrl}${PROBE}`, {
      headers: { 'x-api-key': secret, 'anthropic-version': '2023-06-01', accept: 'application/json' },
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body.dump();
    return response.statusCode;
  } catch (error) {
    const { host } = new URL(baseUrl);
    const message = `${host} could not be reached (${reason(error)}), so the key was not checked. Check this server's connection, then try again.`;
    // The cause is left out on purpose: a client error can carry the request with its headers.
    throw new AppError('unavailable', message);
  }
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'Anthropic refused this key (401 invalid x-api-key). Check that you copied all of it.',
  403: 'Anthropic knows this key but does not allow it to use the API (403). Check its workspace and permissions.',
};

function undecided(status: number, host: string): string {
  if (status === 429 || status >= 500)
    return `${host} answered ${status}, so the key could not be checked. Try again in a minute.`;
  return `${host} answered ${status} where a list of models was expected. Check ANTHROPIC_BASE_URL of this installation.`;
}

function reason(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `no answer in ${TIMEOUT_MS / 1000} seconds`;
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.ConnectTimeoutError)
    return 'no answer in time';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'the connection failed';
}
