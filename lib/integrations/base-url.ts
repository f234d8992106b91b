import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { AddressRefused, type Lookup, publicAddresses } from '@/lib/gateway/http/public-addresses';

/**
 * A base URL as a person typed it, in one form and checked: OpenAI's client adds "/chat/completions" to it.
 * @param lookup in place of the system's name servers
 * @throws AppError invalid_input with the words for the form
 */
export async function checkedBaseUrl(typed: string, lookup?: Lookup): Promise<string> {
  const url = parse(typed);
  if (env().ALLOW_PRIVATE_UPSTREAMS) return normal(url);
  await publicAddresses(url.hostname, lookup).catch((error: unknown) => {
    throw error instanceof AddressRefused ? privateAddress(url.host) : refuse(`The name ${url.hostname} is not known.`);
  });
  if (url.protocol !== 'https:') throw refuse('Begin with https://. Over http the key could be read on its way.');
  return normal(url);
}

export function privateAddress(host: string): AppError {
  return refuse(
    `${host} leads to a private address, and this installation calls public ones only. Its operator can allow private ones with ALLOW_PRIVATE_UPSTREAMS=1.`,
  );
}

function parse(typed: string): URL {
  let url: URL;
  try {
    url = new URL(typed.trim());
  } catch {
    throw refuse('This is not a URL. It looks like https://api.example.com/v1.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('A base URL begins with https://.');
  if (url.username || url.password) throw refuse('Leave user name and password out of the URL; the key goes below.');
  if (url.search || url.hash) throw refuse('Leave out what follows ? or # in the URL.');
  return url;
}

function normal(url: URL): string {
  // What people copy is often the whole address of an endpoint.
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|models|responses|embeddings)$/, '');
  return `${url.origin}${path}`;
}

function refuse(message: string): AppError {
  return new AppError('invalid_input', message, { fields: { baseUrl: message } });
}
