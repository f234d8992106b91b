'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { Context } from '@/lib/auth/context';
import { requireContext } from '@/lib/auth/guards';
import { createGroup, removeGroup, updateGroup } from '@/lib/load-balancing/mutations';
import { editGroupSchema, groupSchema } from '@/lib/load-balancing/schema';

export async function createGroupAction(input: unknown) {
  return change((ctx) => createGroup(ctx, groupSchema.parse(input)));
}

export async function updateGroupAction(input: unknown) {
  return change(async (ctx) => {
    const { id, ...values } = editGroupSchema.parse(input);
    await updateGroup(ctx, id, values);
    return null;
  });
}

export async function removeGroupAction(id: unknown) {
  return change(async (ctx) => {
    await removeGroup(ctx, z.uuid().parse(id));
    return null;
  });
}

async function change<T>(body: (ctx: Context) => Promise<T>) {
  const result = await runAction(async () => body(await requireContext()));
  revalidatePath('/settings/load-balancing');
  return result;
}
