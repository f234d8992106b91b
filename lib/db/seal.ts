import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** What a sealed secret belongs to: moved to another row, it no longer opens. */
export interface SealedFor {
  readonly organizationId: string;
  readonly rowId: string;
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/**
 * AES-256-GCM under ENCRYPTION_KEY: version, key id, nonce, tag, ciphertext.
 * The associated data is the header, the organization and the row.
 */
export function seal(secret: string, owner: SealedFor): Uint8Array<ArrayBuffer> {
  const key = encryptionKey();
  const header = Buffer.concat([Buffer.from([VERSION]), keyId(key)]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(header, owner));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]));
}

/** @throws AppError internal, saying why the secret can't be opened and what to do, without any part of it */
export function unseal(sealed: Uint8Array, owner: SealedFor): string {
  const bytes = Buffer.from(sealed);
  const header = bytes.subarray(0, HEADER_BYTES);
  if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || header[0] !== VERSION) throw unreadable('damaged');
  const key = encryptionKey();
  if (!header.subarray(1).equals(keyId(key))) throw unreadable('other key');
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const tag = bytes.subarray(HEADER_BYTES + NONCE_BYTES, HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
  const ciphertext = bytes.subarray(HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(header, owner)).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw unreadable('damaged');
  }
}

function encryptionKey(): Buffer {
  const hex = env().ENCRYPTION_KEY;
  if (hex) return Buffer.from(hex, 'hex');
  throw new AppError('internal', 'ENCRYPTION_KEY is not set, so secrets can be neither stored nor used.');
}

/** Tells two keys apart without telling anything about either. */
function keyId(key: Buffer): Buffer {
  return createHash('sha256').update('respan key id').update(key).digest().subarray(0, KEY_ID_BYTES);
}

function associatedData(header: Buffer, owner: SealedFor): Buffer {
  return Buffer.concat([header, Buffer.from(`${owner.organizationId}/${owner.rowId}`)]);
}

function unreadable(why: 'damaged' | 'other key'): AppError {
  return new AppError(
    'internal',
    why === 'other key'
      ? 'This secret was sealed under another ENCRYPTION_KEY. Bring that one back, or replace the secret.'
      : 'This secret is damaged where it is stored and can not be opened. Replace it.',
  );
}
