'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requireContext } from '@/lib/auth/guards';
import { startCheckout } from '@/lib/credits/checkout';
import { autoTopUpSchema, topUpSchema, warningSchema } from '@/lib/credits/schema';
import { saveAutoTopUp, saveWarning } from '@/lib/credits/settings';

export async function topUpAction(input: unknown) {
  return runAction(async () => ({ url: await startCheckout(await requireContext(), topUpSchema.parse(input)) }));
}

export async function saveWarningAction(input: unknown) {
  return change(async () => saveWarning(await requireContext(), warningSchema.parse(input)));
}

export async function saveAutoTopUpAction(input: unknown) {
  return change(async () => saveAutoTopUp(await requireContext(), autoTopUpSchema.parse(input)));
}

async function change(body: () => Promise<void>) {
  const result = await runAction(async () => {
    await body();
    return null;
  });
  revalidatePath('/settings/credits');
  return result;
}
