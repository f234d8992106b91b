import { z } from 'zod';
import { Mailer } from '@/lib/alerts/email';
import { db } from '@/lib/db/client';
import { execute, queryRows, sql } from '@/lib/db/sql';
import { env } from '@/lib/env';
import { formatMoney } from '@/lib/format';

const lowRow = z.object({ organizationId: z.uuid(), balance: z.string(), below: z.string() });

/**
 * Tells owners and admins by email, once, when a balance falls below what they chose; again after it was above it. Of several
 * processes one does it.
 */
export async function warnLowBalances(report: (message: string) => void): Promise<void> {
  await execute(
    sql`UPDATE "CreditSettings" AS wish SET "warnedAt" = NULL FROM "CreditBalance" AS kept
        WHERE wish."warnedAt" IS NOT NULL AND kept."organizationId" = wish."organizationId"
          AND (wish."warnBelowNanoUsd" IS NULL OR kept."balanceNanoUsd" >= wish."warnBelowNanoUsd")`,
  );
  if (!env().SMTP_URL) return;
  const low = await queryRows(
    sql`UPDATE "CreditSettings" AS wish SET "warnedAt" = now() FROM "CreditBalance" AS kept
        WHERE wish."warnedAt" IS NULL AND kept."organizationId" = wish."organizationId"
          AND kept."balanceNanoUsd" < wish."warnBelowNanoUsd"
        RETURNING wish."organizationId", kept."balanceNanoUsd"::text AS "balance", wish."warnBelowNanoUsd"::text AS "below"`,
    lowRow,
  );
  if (low.length === 0) return;
  const mailer = new Mailer();
  try {
    for (const one of low) await warn(one, mailer, report);
  } finally {
    mailer.close();
  }
}

async function warn(low: z.infer<typeof lowRow>, mailer: Mailer, report: (message: string) => void): Promise<void> {
  const { organizationId } = low;
  const organization = await db().organization.findUnique({
    where: { id: organizationId },
    select: {
      name: true,
      memberships: { where: { role: { in: ['owner', 'admin'] } }, select: { user: { select: { email: true } } } },
    },
  });
  const balance = formatMoney(low.balance);
  const subject = `${organization?.name}: ${balance} of credits left`;
  const text = [
    `The credits of ${organization?.name} are ${balance}, below the ${formatMoney(low.below)} you wanted to be told of.`,
    'When they are used up, calls that credits pay are answered with 402.',
    `Add credits: ${env().APP_URL ?? ''}/settings/credits`,
  ].join('\n\n');
  for (const { user } of organization?.memberships ?? []) {
    const failure = await mailer.send(user.email, subject, text);
    if (failure) report(`A warning of low credits was not sent: ${failure}`);
  }
}
