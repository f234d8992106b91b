import { db } from '@/lib/db/client';
import type { Environment } from '@/lib/db/generated/enums';
import { hashSecret, parseKey, sameHash } from './secret';

export interface KeyOwner {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly environment: Environment;
  /** Its calls are hedged unless they say otherwise. */
  readonly hedges: boolean;
  /** Whoever remembers this answer must forget it then. */
  readonly expiresAt: Date | null;
}

/**
 * Whose key this is. Null for an unknown, revoked or expired one.
 * Takes no context, because it is where one begins: the key itself says which organization is asking.
 */
export async function findKeyBySecret(presented: string): Promise<KeyOwner | null> {
  const parts = parseKey(presented);
  if (!parts) return null;
  const key = await db().apiKey.findUnique({
    where: { prefix: parts.prefix },
    omit: { secretHash: false },
  });
  if (!key || !sameHash(key.secretHash, hashSecret(parts.secret))) return null;
  if (key.revokedAt || (key.expiresAt && key.expiresAt.getTime() <= Date.now())) return null;
  const { organizationId, id, environment, hedges, expiresAt } = key;
  return { organizationId, apiKeyId: id, environment, hedges, expiresAt };
}
