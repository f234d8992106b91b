import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

export interface Workspace {
  organization: { id: string; name: string; onboarded: boolean };
  user: { id: string; name: string; email: string };
}

/** The organization and the person, for the shell. @throws AppError not_found when either is gone, or when an API key acts */
export async function getWorkspace(ctx: Context): Promise<Workspace> {
  const membership = ctx.userId
    ? await db().membership.findUnique({
        where: { organizationId_userId: { organizationId: ctx.organizationId, userId: ctx.userId } },
        select: {
          organization: { select: { id: true, name: true, onboardedAt: true } },
          user: { select: { id: true, name: true, email: true } },
        },
      })
    : null;
  if (!membership) throw new AppError('not_found', 'This organization no longer exists.');
  const { organization, user } = membership;
  return {
    organization: { id: organization.id, name: organization.name, onboarded: organization.onboardedAt !== null },
    user,
  };
}

/** Whether nobody has an account here yet: whoever signs up next owns the installation. */
export async function isFreshInstallation(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) === null;
}
