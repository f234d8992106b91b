import { GatewayError } from '../errors';
import type { IncomingHttpHeaders } from '../http/message';
import type { Caller, GatewayPorts } from '../ports';

/**
 * Finds out who is asking. SDKs may send a key of another service beside ours, so every place is tried.
 * @throws GatewayError no_api_key or invalid_api_key
 */
export async function authenticate(
  headers: IncomingHttpHeaders,
  ports: Pick<GatewayPorts, 'findCaller'>,
  appUrl: string,
): Promise<Caller> {
  const presented = presentedKeys(headers);
  if (presented.length === 0) throw new GatewayError('no_api_key', 'Authentication credentials were not provided.');
  for (const key of presented) {
    const caller = await ports.findCaller(key);
    if (caller) return caller;
  }
  throw new GatewayError(
    'invalid_api_key',
    `Your API key is invalid or expired, please check your API key at ${appUrl}/settings/api-keys`,
  );
}

function presentedKeys(headers: IncomingHttpHeaders): string[] {
  const keys: string[] = [];
  const direct = headers['x-api-key'];
  if (typeof direct === 'string' && direct) keys.push(direct.trim());
  const bearer = headers.authorization;
  if (typeof bearer === 'string' && /^bearer\s/i.test(bearer)) {
    const key = bearer.slice(7).trim();
    if (key && !keys.includes(key)) keys.push(key);
  }
  return keys;
}
