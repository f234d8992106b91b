import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createKey } from '@/lib/keys/mutations';
import { createAccount } from '@/lib/organizations/mutations';
import { WORKLOADS } from './workloads';

/** The organization of a user, who is made if there is none. @throws Error when a user must be made and no password was given */
export async function demoContext(email: string, password: string | undefined): Promise<Context> {
  const membership = await db().membership.findFirst({ where: { user: { email } }, orderBy: { createdAt: 'asc' } });
  if (membership) return brandContext(membership);
  if (!password) throw new Error(`There is no account ${email}. Give --password too, and it is made.`);
  const account = await createAccount({ email, password, name: 'Ada Demo', organizationName: 'Acme Bicycles' });
  await db().organization.update({ where: { id: account.organizationId }, data: { onboardedAt: new Date() } });
  return brandContext({ organizationId: account.organizationId, userId: account.userId, role: 'owner' });
}

/** A key for each workload, by name. Their secrets are thrown away: nothing can be called with them. */
export async function demoKeys(ctx: Context): Promise<Map<string, string>> {
  const { organizationId } = ctx;
  for (const { key, environment } of WORKLOADS) {
    const found = await db().apiKey.findFirst({ where: { organizationId, name: key } });
    if (!found) await createKey(ctx, { name: key, environment });
  }
  const keys = await db().apiKey.findMany({ where: { organizationId, name: { in: WORKLOADS.map(({ key }) => key) } } });
  return new Map(keys.map(({ name, id }) => [name, id]));
}

/** When the organization's newest log began, or null: a later run goes on from there. */
export async function newestLogAt(ctx: Context): Promise<number | null> {
  const newest = await db().requestLog.findFirst({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: 'desc' },
    select: { startedAt: true },
  });
  return newest?.startedAt.getTime() ?? null;
}
