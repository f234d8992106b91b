import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { notifyConfig } from '@/lib/db/notify';

/** Stores a key whose organization the caller has checked. Null when the prefix is taken. */
export async function insertKey(data: Prisma.ApiKeyUncheckedCreateInput) {
  return db().$transaction(async (tx) => {
    const [key] = await tx.apiKey.createManyAndReturn({ data: [data], skipDuplicates: true });
    // A gateway may remember that nobody answers to this prefix.
    if (key) await notifyConfig(tx, `key:${key.prefix}`);
    return key ?? null;
  });
}
