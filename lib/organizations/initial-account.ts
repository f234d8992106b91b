import { uuidv7 } from 'uuidv7';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { createAccount } from './mutations';
import { teamNameOf } from './naming';
import { emailSchema } from './schema';

interface InitialAccount {
  email: string;
  /** Only used when the account does not exist yet: an existing password is never changed. */
  password: string;
  organizationName?: string | undefined;
}

/**
 * The account that RESPAN_INIT_* asks for: makes what is absent and leaves what is there. Of several processes that start
 * together one makes the account and the others find it.
 * @throws AppError invalid_input when the email or the password would not be accepted at sign-up
 */
export async function ensureInitialAccount(
  wanted: InitialAccount,
): Promise<{ userId: string; organizationId: string }> {
  const existing = await findUser(wanted.email);
  if (existing) return { userId: existing.id, organizationId: await ensureOrganization(existing, wanted) };
  try {
    const { userId, organizationId } = await createAccount(wanted);
    return { userId, organizationId };
  } catch (error) {
    const made = error instanceof AppError && error.code === 'conflict' ? await findUser(wanted.email) : null;
    if (made) return { userId: made.id, organizationId: await ensureOrganization(made, wanted) };
    throw error;
  }
}

async function findUser(address: string): Promise<{ id: string; name: string } | null> {
  const email = emailSchema.safeParse(address);
  if (!email.success) return null;
  return db().user.findUnique({ where: { email: email.data }, select: { id: true, name: true } });
}

async function ensureOrganization(user: { id: string; name: string }, wanted: InitialAccount): Promise<string> {
  const name = wanted.organizationName?.trim();
  const found = await db().membership.findFirst({
    where: { userId: user.id, ...(name ? { organization: { name } } : {}) },
    orderBy: { createdAt: 'asc' },
    select: { organizationId: true },
  });
  if (found) return found.organizationId;
  const id = uuidv7();
  await db().organization.create({
    data: { id, name: name || teamNameOf(user.name), memberships: { create: { userId: user.id, role: 'owner' } } },
  });
  return id;
}
