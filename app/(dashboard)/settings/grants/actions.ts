'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requireContext } from '@/lib/auth/guards';
import { grantCredits } from '@/lib/credits/grants';
import { requireInstallationOwner } from '@/lib/credits/owner';
import { grantSchema } from '@/lib/credits/schema';

export async function grantAction(input: unknown) {
  const result = await runAction(async () => {
    const userId = await requireInstallationOwner(await requireContext());
    const { organizationName } = await grantCredits(grantSchema.parse(input), { userId });
    return { organizationName };
  });
  revalidatePath('/settings/credits');
  return result;
}
