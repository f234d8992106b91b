import type { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Queryable } from '@/lib/db/sql';
import { inTransaction } from '@/lib/db/transaction';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { type Appended, appendCredit } from './append';
import type { grantSchema } from './schema';

/**
 * Credits from whoever runs the installation, to the first organization that an account belongs to. Takes no context: only the
 * command line, and the page of the installation's owner, lead here.
 * @throws AppError not_found where no account has that address
 */
export async function grantCredits(
  { email, usd, note, expires }: z.output<typeof grantSchema>,
  by: { userId: string | null },
): Promise<Appended & { organizationId: string; organizationName: string }> {
  const membership = await db().membership.findFirst({
    where: { user: { email } },
    orderBy: { createdAt: 'asc' },
    select: { organization: { select: { id: true, name: true } } },
  });
  if (!membership) throw noAccount(email);
  const amountNanoUsd = nanoUsdFromDecimal(usd);
  const { id: organizationId, name: organizationName } = membership.organization;
  const type = amountNanoUsd > 0n ? 'grant' : 'adjustment';
  const entry = { organizationId, type, amountNanoUsd, description: note, createdById: by.userId } as const;
  const appended = await inTransaction((on) =>
    appendCredit({ ...entry, expiresAt: amountNanoUsd > 0n ? expires : null }, on),
  );
  return { ...appended, organizationId, organizationName };
}

function noAccount(email: string): AppError {
  const message = `No account has the address ${email}.`;
  return new AppError('not_found', message, { fields: { email: message } });
}

/** What a new account begins with, entered once however often this runs. Nothing where SIGNUP_CREDIT_USD is not set. */
export async function grantOnSignUp(organizationId: string, on: Queryable): Promise<void> {
  const amountNanoUsd = nanoUsdFromDecimal(env().SIGNUP_CREDIT_USD ?? '0');
  if (amountNanoUsd <= 0n) return;
  const entry = { organizationId, type: 'grant', amountNanoUsd, description: 'Credits to begin with' } as const;
  await appendCredit({ ...entry, reference: 'sign-up' }, on);
}
