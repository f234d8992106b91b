'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { Context } from '@/lib/auth/context';
import { requireContext } from '@/lib/auth/guards';
import { connectKey, connectSimulator } from '@/lib/integrations/connect';
import { addCustomProvider, editCustomProvider, removeCustomProvider } from '@/lib/integrations/custom-mutations';
import { removeKey, renameKey, replaceKey, setWeight, verifyStored } from '@/lib/integrations/mutations';
import {
  connectKeySchema,
  customProviderSchema,
  editCustomProviderSchema,
  renameSchema,
  replaceSchema,
  weightChangeSchema,
} from '@/lib/integrations/schema';

export async function connectKeyAction(input: unknown) {
  return change((ctx) => connectKey(ctx, connectKeySchema.parse(input)));
}

export async function connectSimulatorAction() {
  return change(connectSimulator);
}

export async function replaceKeyAction(input: unknown) {
  return change(async (ctx) => {
    const { id, secret } = replaceSchema.parse(input);
    await replaceKey(ctx, id, secret);
    return null;
  });
}

export async function renameKeyAction(input: unknown) {
  return change(async (ctx) => {
    const { id, name } = renameSchema.parse(input);
    await renameKey(ctx, id, name);
    return null;
  });
}

export async function setWeightAction(input: unknown) {
  return change(async (ctx) => {
    const { id, weight } = weightChangeSchema.parse(input);
    await setWeight(ctx, id, weight);
    return null;
  });
}

export async function verifyKeyAction(id: unknown) {
  return change(async (ctx) => {
    await verifyStored(ctx, z.uuid().parse(id));
    return null;
  });
}

export async function removeKeyAction(id: unknown) {
  return change(async (ctx) => {
    await removeKey(ctx, z.uuid().parse(id));
    return null;
  });
}

export async function addCustomProviderAction(input: unknown) {
  return change((ctx) => addCustomProvider(ctx, customProviderSchema.parse(input)));
}

export async function editCustomProviderAction(input: unknown) {
  return change((ctx) => {
    const { id, ...values } = editCustomProviderSchema.parse(input);
    return editCustomProvider(ctx, id, values);
  });
}

export async function removeCustomProviderAction(id: unknown) {
  return change(async (ctx) => {
    await removeCustomProvider(ctx, z.uuid().parse(id));
    return null;
  });
}

async function change<T>(body: (ctx: Context) => Promise<T>) {
  const result = await runAction(async () => body(await requireContext()));
  // After a refusal too: a key that no longer verifies has lost its mark.
  revalidatePath('/settings/integrations');
  return result;
}
