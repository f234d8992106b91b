'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { Context } from '@/lib/auth/context';
import { requireContext } from '@/lib/auth/guards';
import {
  createWebhook,
  removeWebhook,
  revealWebhookSecret,
  rollWebhookSecret,
  setWebhookPaused,
  testWebhook,
  updateWebhook,
} from '@/lib/webhooks/mutations';
import { webhookSchema } from '@/lib/webhooks/schema';

const named = z.object({ id: z.guid() });

export async function createWebhookAction(input: unknown) {
  return change((ctx) => createWebhook(ctx, webhookSchema.parse(input)));
}

export async function updateWebhookAction(input: unknown) {
  return change(async (ctx) => {
    await updateWebhook(ctx, named.parse(input).id, webhookSchema.parse(input));
    return null;
  });
}

export async function setWebhookPausedAction(input: unknown) {
  return change(async (ctx) => {
    const { id, paused } = named.extend({ paused: z.boolean() }).parse(input);
    await setWebhookPaused(ctx, id, paused);
    return null;
  });
}

export async function removeWebhookAction(id: unknown) {
  return change(async (ctx) => {
    await removeWebhook(ctx, z.guid().parse(id));
    return null;
  });
}

export async function testWebhookAction(id: unknown) {
  return change((ctx) => testWebhook(ctx, z.guid().parse(id)));
}

export async function revealWebhookSecretAction(id: unknown) {
  return runAction(async () => revealWebhookSecret(await requireContext(), z.guid().parse(id)));
}

export async function rollWebhookSecretAction(id: unknown) {
  return runAction(async () => rollWebhookSecret(await requireContext(), z.guid().parse(id)));
}

async function change<T>(body: (ctx: Context) => Promise<T>) {
  const result = await runAction(async () => body(await requireContext()));
  revalidatePath('/settings/webhooks');
  return result;
}
