import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An id in the provider's form: `msg_01` and 22 letters of base 58. */
export function newId(prefix: 'msg' | 'req' | 'toolu' | 'srvtoolu' | 'msgbatch'): string {
  let id = `${prefix}_01`;
  for (const byte of randomBytes(22)) id += ALPHABET[byte % ALPHABET.length];
  return id;
}

/** A stable UUID for a text, so that one key always belongs to one organization. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
