import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

export const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PRESENTED = /^([A-Za-z0-9]{8})\.([A-Za-z0-9]{32})$/;

/** A new key's two halves: 8 characters to find it by, and 32 (190 bits) that only its holder knows. */
export function generateKey(): { prefix: string; secret: string } {
  return { prefix: randomText(8), secret: randomText(32) };
}

/** Splits "prefix.secret". Null when it can't be one of our keys. */
export function parseKey(presented: string): { prefix: string; secret: string } | null {
  const match = PRESENTED.exec(presented.trim());
  return match?.[1] && match[2] ? { prefix: match[1], secret: match[2] } : null;
}

/** SHA-256 is enough: the secret is random and long, so there is nothing to guess faster than by trying all of it. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function randomText(length: number): string {
  // randomInt draws again where a plain modulo would favour the first letters.
  return Array.from({ length }, () => KEY_ALPHABET.charAt(randomInt(KEY_ALPHABET.length))).join('');
}
