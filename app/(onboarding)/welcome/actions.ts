'use server';

import { redirect } from 'next/navigation';
import { runAction } from '@/app/run-action';
import { pageContext, requireContext } from '@/lib/auth/guards';
import { completeOnboarding } from '@/lib/organizations/mutations';

/** The first request arrived: the wizard has done its work. */
export async function finishWelcomeAction() {
  return runAction(async () => {
    await completeOnboarding(await requireContext());
    return null;
  });
}

export async function skipWelcomeAction(): Promise<void> {
  await completeOnboarding(await pageContext());
  redirect('/dashboard');
}
