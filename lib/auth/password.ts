import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

const KEY_BYTES = 32;
const COST = { N: 2 ** 15, r: 8, p: 1 };
const STORED = /^scrypt\$N=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/** Hashes a password with scrypt. The parameters stand in the text, so that they can be raised without breaking old hashes. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(password, salt, COST, KEY_BYTES);
  return `scrypt$N=${COST.N},r=${COST.r},p=${COST.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

/**
 * Whether the password belongs to the hash. With no hash (an unknown user) it does the same work and says no, so that the time taken
 * does not tell who has an account.
 */
export async function verifyPassword(password: string, storedHash: string | null): Promise<boolean> {
  const parsed = parseHash(storedHash ?? (await unknownUserHash()));
  const key = await deriveKey(password, parsed.salt, parsed.cost, parsed.key.length);
  return timingSafeEqual(key, parsed.key) && storedHash !== null;
}

function deriveKey(password: string, salt: Buffer, cost: typeof COST, bytes: number): Promise<Buffer> {
  // The same letters can be typed as different code points.
  return derive(password.normalize('NFKC'), salt, bytes, { ...cost, maxmem: 256 * cost.N * cost.r });
}

function parseHash(text: string): { cost: typeof COST; salt: Buffer; key: Buffer } {
  const match = STORED.exec(text);
  if (!match) throw new Error('A stored password hash is not in the expected form.');
  const [, n, r, p, salt = '', key = ''] = match;
  return {
    cost: { N: Number(n), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

let dummy: Promise<string> | undefined;

function unknownUserHash(): Promise<string> {
  dummy ??= hashPassword(randomBytes(16).toString('hex'));
  return dummy;
}
