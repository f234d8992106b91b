import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

/** Whether the person who asks made the first account of this installation: who runs it. */
export async function isInstallationOwner({ userId }: Context): Promise<boolean> {
  if (!userId) return false;
  const first = await db().user.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  return first?.id === userId;
}

/** @throws AppError not_found for anybody else: the page does not exist for them */
export async function requireInstallationOwner(ctx: Context): Promise<string> {
  if (ctx.userId && (await isInstallationOwner(ctx))) return ctx.userId;
  throw new AppError('not_found', 'There is no such page.');
}
