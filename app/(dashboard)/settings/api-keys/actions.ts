'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requireContext } from '@/lib/auth/guards';
import { createKey, renameKey, revokeKey, setHedging } from '@/lib/keys/mutations';
import { keyExpiry, keyNameSchema, newKeySchema } from '@/lib/keys/schema';

const renameSchema = z.object({ id: z.uuid(), name: keyNameSchema });
const hedgingSchema = z.object({ id: z.uuid(), hedges: z.boolean() });

export async function createKeyAction(input: unknown) {
  return runAction(async () => {
    const ctx = await requireContext();
    const { name, environment, lifetime } = newKeySchema.parse(input);
    const created = await createKey(ctx, { name, environment, expiresAt: keyExpiry(lifetime, new Date()) });
    revalidatePath('/settings/api-keys');
    return created;
  });
}

export async function renameKeyAction(input: unknown) {
  return runAction(async () => {
    const ctx = await requireContext();
    const { id, name } = renameSchema.parse(input);
    await renameKey(ctx, id, name);
    revalidatePath('/settings/api-keys');
    return null;
  });
}

export async function setHedgingAction(input: unknown) {
  return runAction(async () => {
    const ctx = await requireContext();
    const { id, hedges } = hedgingSchema.parse(input);
    await setHedging(ctx, id, hedges);
    revalidatePath('/settings/api-keys');
    return null;
  });
}

export async function revokeKeyAction(id: unknown) {
  return runAction(async () => {
    const ctx = await requireContext();
    await revokeKey(ctx, z.uuid().parse(id));
    revalidatePath('/settings/api-keys');
    return null;
  });
}
