import { uuidv7 } from 'uuidv7';
import { db } from '@/lib/db/client';
import { insertKey } from './insert';
import { hashSecret, parseKey, sameHash } from './secret';

/**
 * Sees to it that exactly this key exists, for headless set-up at start. Takes no context: the operator acts, not a person.
 * A key that is there already is left as it is, revoked ones included.
 * @throws Error when the prefix belongs to another key, without telling either
 */
export async function ensureKey(wanted: { organizationId: string; presented: string }): Promise<{ created: boolean }> {
  const parts = parseKey(wanted.presented);
  if (!parts) throw new Error('RESPAN_INIT_API_KEY must be 8 letters or digits, a point, and 32 more.');
  const { organizationId } = wanted;
  const secretHash = hashSecret(parts.secret);
  const created = await insertKey({
    organizationId,
    id: uuidv7(),
    name: 'Initial key',
    environment: 'production',
    prefix: parts.prefix,
    secretHash,
  });
  if (created) return { created: true };
  const existing = await db().apiKey.findUnique({ where: { prefix: parts.prefix }, omit: { secretHash: false } });
  if (existing?.organizationId === organizationId && sameHash(existing.secretHash, secretHash))
    return { created: false };
  throw new Error('RESPAN_INIT_API_KEY begins with the prefix of another key. Choose another one.');
}
