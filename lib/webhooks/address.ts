import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { AddressRefused, type Lookup, publicAddresses } from '@/lib/gateway/http/public-addresses';

/**
 * An address to send to, as a person typed it, checked.
 * @param field of the form it was typed into
 * @param lookup in place of the system's name servers
 * @throws AppError invalid_input with the words for the form
 */
export async function checkedAddress(typed: string, field: string, lookup?: Lookup): Promise<string> {
  const refuse = (message: string) => new AppError('invalid_input', message, { fields: { [field]: message } });
  let url: URL;
  try {
    url = new URL(typed.trim());
  } catch {
    throw refuse('This is not a URL. It looks like https://example.com/hooks/respan.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('The URL begins with https://.');
  if (url.username || url.password) throw refuse('Leave user name and password out of the URL.');
  url.hash = '';
  if (env().ALLOW_PRIVATE_UPSTREAMS) return url.href;
  await publicAddresses(url.hostname, lookup).catch((error: unknown) => {
    throw refuse(
      error instanceof AddressRefused
        ? `${url.host} leads to a private address, and this installation calls public ones only. Its operator can allow private ones with ALLOW_PRIVATE_UPSTREAMS=1.`
        : `The name ${url.hostname} is not known.`,
    );
  });
  if (url.protocol !== 'https:') throw refuse('Begin with https://. Over http it could be read on its way.');
  return url.href;
}
