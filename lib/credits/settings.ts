import type { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import type { autoTopUpSchema, CreditSettingsView, warningSchema } from './schema';

/** @throws AppError forbidden for those who don't decide about money */
export function requireTreasurer(ctx: Context): void {
  if (mayPay(ctx)) return;
  throw new AppError('forbidden', 'Owners and admins decide about credits. Ask one of your organization.');
}

export function mayPay({ role }: Context): boolean {
  return role === 'owner' || role === 'admin';
}

export async function getCreditSettings({ organizationId }: Context): Promise<CreditSettingsView> {
  const row = await db().creditSettings.findUnique({ where: { organizationId } });
  const text = (amount: bigint | null | undefined) => amount?.toString() ?? null;
  return {
    warnBelowNanoUsd: text(row?.warnBelowNanoUsd),
    topUpBelowNanoUsd: text(row?.topUpBelowNanoUsd),
    topUpNanoUsd: text(row?.topUpNanoUsd),
    hasCard: Boolean(row?.stripePaymentMethodId),
    topUpError: row?.topUpError ?? null,
  };
}

/** Below which balance owners and admins are told; null for never. @throws AppError forbidden */
export async function saveWarning(ctx: Context, { warnBelowUsd }: z.output<typeof warningSchema>): Promise<void> {
  requireTreasurer(ctx);
  await save(ctx, { warnBelowNanoUsd: nano(warnBelowUsd), warnedAt: null });
}

/** Below which balance the saved card is charged, and how much; null for never. @throws AppError forbidden */
export async function saveAutoTopUp(ctx: Context, { belowUsd, usd }: z.output<typeof autoTopUpSchema>): Promise<void> {
  requireTreasurer(ctx);
  await save(ctx, {
    topUpBelowNanoUsd: nano(belowUsd),
    topUpNanoUsd: nano(usd),
    topUpError: null,
    topUpAttemptAt: null,
  });
}

async function save(
  { organizationId }: Context,
  data: Partial<Record<'warnBelowNanoUsd' | 'topUpBelowNanoUsd' | 'topUpNanoUsd', bigint | null>> & {
    warnedAt?: null;
    topUpError?: null;
    topUpAttemptAt?: null;
  },
): Promise<void> {
  await db().creditSettings.upsert({
    where: { organizationId },
    create: { organizationId, ...data },
    update: { ...data, updatedAt: new Date() },
  });
}

function nano(usd: string | null): bigint | null {
  return usd === null ? null : nanoUsdFromDecimal(usd);
}
