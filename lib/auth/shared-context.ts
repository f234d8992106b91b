import { resolveShare } from '@/lib/logs/shares';
import { brandContext, type Context } from './context';

/** For the page behind a share link: who may look at which log. Null where the link shows nothing any more. */
export async function sharedLogContext(
  secret: string,
): Promise<{ ctx: Context; logId: string; expiresAt: Date } | null> {
  const share = await resolveShare(secret);
  if (!share) return null;
  const ctx = brandContext({ organizationId: share.organizationId, userId: null, role: 'viewer' });
  return { ctx, logId: share.logId, expiresAt: share.expiresAt };
}
