import { AppError } from '@/lib/errors';
import type { Provider } from '@/lib/gateway/providers/provider';

const RESPAN_KEY = /^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/;
const SHORTEST = 20;

/**
 * Checks that what was pasted can be a key of this provider, so that a slip is caught before anything is sent anywhere.
 * @throws AppError invalid_input with the words for the form
 */
export function plausibleSecret({ name, keyForm }: Pick<Provider, 'name' | 'keyForm'>, pasted: string): string {
  const secret = pasted.trim();
  const article = /^[aeiou]/i.test(name) ? 'an' : 'a';
  const key = `${article === 'an' ? 'An' : 'A'} ${name} key`;
  const where = keyForm.copyFrom ? ` Copy it from ${keyForm.copyFrom}.` : '';
  const refuse = (message: string) =>
    new AppError('invalid_input', `${message}${where}`, { fields: { secret: `${message}${where}` } });
  if (secret === '') throw refuse(`Paste ${article} ${name} API key.`);
  if (RESPAN_KEY.test(secret)) throw refuse(`This is a Respan key. Here goes the one from ${name}.`);
  if (!secret.startsWith(keyForm.begins)) throw refuse(`${key} begins with ${keyForm.begins}.`);
  // Keys of servers that people run themselves have any form that a header can carry.
  const whole = keyForm.begins === '' ? /^[\x21-\x7e]{1,1000}$/ : /^[A-Za-z0-9_-]{1,500}$/;
  if (!whole.test(secret) || (keyForm.begins !== '' && secret.length < SHORTEST))
    throw refuse(`This is not a whole ${name} key: it is too short or has spaces or signs in it.`);
  return secret;
}
