import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Constant on purpose: a conversation must go on after a restart, and a simulated thought protects nothing. */
const SIGNING_KEY = 'simulated thinking';
const NONCE_BYTES = 24;
const MAC_BYTES = 32;

/** A signature for what the client is shown of a thought; may hold an empty text. */
export function signThinking(shown: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  return Buffer.concat([nonce, mac('issued', nonce), mac(shown, nonce)]).toString('base64');
}

/** `foreign`: never issued here; `altered`: issued here for another text. */
export function verifySignature(signature: string, shown: string): 'good' | 'altered' | 'foreign' {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.length !== NONCE_BYTES + 2 * MAC_BYTES) return 'foreign';
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const issued = bytes.subarray(NONCE_BYTES, NONCE_BYTES + MAC_BYTES);
  if (!timingSafeEqual(issued, mac('issued', nonce))) return 'foreign';
  return timingSafeEqual(bytes.subarray(NONCE_BYTES + MAC_BYTES), mac(shown, nonce)) ? 'good' : 'altered';
}

function mac(text: string, nonce: Buffer): Buffer {
  return createHmac('sha256', SIGNING_KEY).update(nonce).update(text).digest();
}
