import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { getLog } from './detail';
import type { LogShare, SHARE_DAYS } from './schema';

const DAY_MS = 86_400_000;

/**
 * A link that shows one log, redacted, to whoever has it.
 * @returns the link's secret, which is kept nowhere
 * @throws AppError forbidden to viewers; not_found
 */
export async function shareLog(
  ctx: Context,
  logId: string,
  days: (typeof SHARE_DAYS)[number],
  now = new Date(),
): Promise<{ share: LogShare; secret: string }> {
  requireEditor(ctx, 'share logs');
  const log = await getLog(ctx, logId);
  const secret = randomBytes(24).toString('base64url');
  const share = await db().logShare.create({
    data: {
      organizationId: ctx.organizationId,
      id: uuidv7(),
      logId: log.id,
      secretHash: digestOf(secret),
      createdById: ctx.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * DAY_MS),
    },
  });
  return { share: toShare(share), secret };
}

/** The links of a log that still work. */
export async function listShares(ctx: Context, logId: string, now = new Date()): Promise<LogShare[]> {
  if (!z.guid().safeParse(logId).success) return [];
  const shares = await db().logShare.findMany({
    where: { organizationId: ctx.organizationId, logId, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
  });
  return shares.map(toShare);
}

/** Takes a link back; it shows nothing from now on. @throws AppError forbidden to viewers; not_found */
export async function revokeShare(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'take back links');
  const where = { organizationId: ctx.organizationId, id, revokedAt: null };
  const { count } = await db().logShare.updateMany({ where, data: { revokedAt: new Date() } });
  if (count === 0) throw new AppError('not_found', 'There is no such link. It may have been taken back already.');
}

/** Which log a link shows; null where it is over, was taken back or never was. */
export async function resolveShare(
  secret: string,
  now = new Date(),
): Promise<{ organizationId: string; logId: string; expiresAt: Date } | null> {
  if (!/^[\w-]{32}$/.test(secret)) return null;
  const share = await db().logShare.findUnique({ where: { secretHash: digestOf(secret) } });
  if (!share || share.revokedAt || share.expiresAt <= now) return null;
  return share;
}

function digestOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}

function toShare({ id, createdAt, expiresAt }: { id: string; createdAt: Date; expiresAt: Date }): LogShare {
  return { id, createdAt: createdAt.getTime(), expiresAt: expiresAt.getTime() };
}
