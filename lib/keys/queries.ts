import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { ApiKeyModel } from '@/lib/db/generated/models';
import { playgroundKeyId } from './playground-id';
import type { ApiKeyView } from './schema';

/** The organization's keys, newest first, revoked and expired ones included. Those of the playground are nobody's to manage. */
export async function listKeys(ctx: Context): Promise<ApiKeyView[]> {
  const keys = await db().apiKey.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: 'desc' },
  });
  const members = await db().membership.findMany({
    where: { organizationId: ctx.organizationId },
    select: { userId: true, user: { select: { name: true } } },
  });
  const names = new Map(members.map((member) => [member.userId, member.user.name]));
  const given = keys.filter(
    ({ id, createdById }) => !createdById || id !== playgroundKeyId(ctx.organizationId, createdById),
  );
  return given.map((key) => keyView(key, key.createdById ? (names.get(key.createdById) ?? null) : null));
}

/** A stored key as people may see it. */
export function keyView(key: Omit<ApiKeyModel, 'secretHash'>, createdBy: string | null): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    environment: key.environment,
    hedges: key.hedges,
    createdBy,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt,
    expiresAt: key.expiresAt,
    state: keyState(key),
  };
}

function keyState(key: Pick<ApiKeyModel, 'revokedAt' | 'expiresAt'>): ApiKeyView['state'] {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && key.expiresAt.getTime() <= Date.now() ? 'expired' : 'active';
}
