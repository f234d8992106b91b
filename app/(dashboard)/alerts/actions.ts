'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import { createAlert, removeAlert, revealAlertSecret, setAlertEnabled, updateAlert } from '@/lib/alerts/mutations';
import { alertSchema } from '@/lib/alerts/schema';
import { testAlert } from '@/lib/alerts/try';
import type { Context } from '@/lib/auth/context';
import { requireContext } from '@/lib/auth/guards';

const named = z.object({ id: z.guid() });

export async function createAlertAction(input: unknown) {
  return change((ctx) => createAlert(ctx, alertSchema.parse(input)));
}

export async function updateAlertAction(input: unknown) {
  return change(async (ctx) => {
    await updateAlert(ctx, named.parse(input).id, alertSchema.parse(input));
    return null;
  });
}

export async function setAlertEnabledAction(input: unknown) {
  return change(async (ctx) => {
    const { id, enabled } = named.extend({ enabled: z.boolean() }).parse(input);
    await setAlertEnabled(ctx, id, enabled);
    return null;
  });
}

export async function removeAlertAction(id: unknown) {
  return change(async (ctx) => {
    await removeAlert(ctx, z.guid().parse(id));
    return null;
  });
}

export async function testAlertAction(id: unknown) {
  return change((ctx) => testAlert(ctx, z.guid().parse(id)));
}

export async function revealAlertSecretAction(id: unknown) {
  return runAction(async () => revealAlertSecret(await requireContext(), z.guid().parse(id)));
}

async function change<T>(body: (ctx: Context) => Promise<T>) {
  const result = await runAction(async () => body(await requireContext()));
  revalidatePath('/alerts');
  return result;
}
