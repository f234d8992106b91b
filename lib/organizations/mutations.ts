import { uuidv7 } from 'uuidv7';
import type { Context } from '@/lib/auth/context';
import { hashPassword } from '@/lib/auth/password';
import { grantOnSignUp } from '@/lib/credits/grants';
import { db } from '@/lib/db/client';
import { queryableOf } from '@/lib/db/transaction';
import { AppError } from '@/lib/errors';
import { nameFromEmail, teamNameOf } from './naming';
import { type SignUpInput, signUpSchema } from './schema';

export interface Account {
  userId: string;
  organizationId: string;
  email: string;
  name: string;
}

/**
 * A user, the organization they own, and the credits it begins with: all or nothing.
 * @throws AppError invalid_input with a message by field, or conflict (field email) when the address is taken
 */
export async function createAccount(input: SignUpInput): Promise<Account> {
  const parsed = signUpSchema.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  const { email, password, name = nameFromEmail(email), organizationName = teamNameOf(name) } = parsed.data;
  const account = { userId: uuidv7(), organizationId: uuidv7(), email, name };
  const passwordHash = await hashPassword(password);
  try {
    await db().$transaction(async (tx) => {
      await tx.user.create({
        data: {
          id: account.userId,
          email,
          name,
          passwordHash,
          memberships: {
            create: { role: 'owner', organization: { create: { id: account.organizationId, name: organizationName } } },
          },
        },
      });
      await grantOnSignUp(account.organizationId, queryableOf(tx));
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw emailTaken(error);
    throw error;
  }
  return account;
}

/** Marks the welcome wizard as finished or skipped. The first time counts. */
export async function completeOnboarding(ctx: Context): Promise<void> {
  await db().organization.updateMany({
    where: { id: ctx.organizationId, onboardedAt: null },
    data: { onboardedAt: new Date() },
  });
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}

function emailTaken(cause: unknown): AppError {
  const message = 'This address already has an account. Sign in, or use another address.';
  return new AppError('conflict', message, { fields: { email: message }, cause });
}

function invalidInput(issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  const fields: Record<string, string> = {};
  for (const { path, message } of issues) fields[String(path[0] ?? 'form')] ??= message;
  return new AppError('invalid_input', 'Some fields need another look.', { fields });
}
