import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { notifyConfig } from '@/lib/db/notify';
import { AppError } from '@/lib/errors';
import { insertKey } from './insert';
import { keyView } from './queries';
import type { CreatedKey, CreateKeyInput } from './schema';
import { generateKey, hashSecret } from './secret';

/**
 * Makes a key. The answer's `secret`, "prefix.secret", is the only time the whole key exists outside its holder's hands.
 * @throws AppError forbidden, invalid_input
 */
export async function createKey(ctx: Context, input: CreateKeyInput): Promise<CreatedKey> {
  requireEditor(ctx, 'create API keys');
  const { name, environment, expiresAt = null } = input;
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new AppError('invalid_input', 'The key would already be expired. Choose a later time.', {
      fields: { expiresAt: 'Choose a time in the future.' },
    });
  }
  const { organizationId, userId: createdById } = ctx;
  const id = uuidv7();
  for (;;) {
    const { prefix, secret } = generateKey();
    const data = {
      organizationId,
      id,
      name,
      environment,
      expiresAt,
      createdById,
      prefix,
      secretHash: hashSecret(secret),
    };
    const key = await insertKey(data);
    if (key) return { key: keyView(key, await creatorName(createdById)), secret: `${prefix}.${secret}` };
  }
}

/** @throws AppError forbidden, not_found */
export async function renameKey(ctx: Context, id: string, name: string): Promise<void> {
  requireEditor(ctx, 'rename API keys');
  await changeKey(ctx, id, { name });
}

/** Whether a second attempt is made for the key's calls when the first byte is late. @throws AppError forbidden, not_found */
export async function setHedging(ctx: Context, id: string, hedges: boolean): Promise<void> {
  requireEditor(ctx, 'change API keys');
  await changeKey(ctx, id, { hedges });
}

/** Ends a key for good: calls that present it are refused from the next moment on. Revoking twice changes nothing. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'revoke API keys');
  const { organizationId } = ctx;
  const found = await db().apiKey.findFirst({ where: { organizationId, id }, select: { revokedAt: true } });
  if (found?.revokedAt) return;
  await changeKey(ctx, id, { revokedAt: new Date() });
}

async function changeKey(
  ctx: Context,
  id: string,
  data: { name?: string; hedges?: boolean; revokedAt?: Date },
): Promise<void> {
  await db().$transaction(async (tx) => {
    const where = { organizationId: ctx.organizationId, id };
    const [key] = await tx.apiKey.updateManyAndReturn({ where, data, select: { prefix: true } });
    if (!key) throw new AppError('not_found', 'This API key does not exist.');
    await notifyConfig(tx, `key:${key.prefix}`);
  });
}

async function creatorName(userId: string | null): Promise<string | null> {
  if (!userId) return null;
  const user = await db().user.findUnique({ where: { id: userId }, select: { name: true } });
  return user?.name ?? null;
}
