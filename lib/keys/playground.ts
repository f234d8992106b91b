import { createHmac } from 'node:crypto';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { notifyConfig } from '@/lib/db/notify';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { insertKey } from './insert';
import { playgroundKeyId } from './playground-id';
import { generateKey, hashSecret, KEY_ALPHABET, sameHash } from './secret';

const LIFETIME_MS = 10 * 60_000;
/** One that would end sooner is replaced, so that a run has time to present it. */
const USABLE_MS = 2 * 60_000;
const TRIES = 5;

/**
 * The key that a person's playground runs are made with, "prefix.secret": for the server alone, never for a browser.
 * One a person, whose id stays, so that logs and figures by key stay together; its secret is another every few minutes.
 * The secret is worked out again where it is needed, so that it is stored nowhere.
 * @throws AppError forbidden for viewers
 */
export async function playgroundKey(ctx: Context): Promise<string> {
  requireEditor(ctx, 'run the playground');
  const { organizationId, userId } = ctx;
  if (!userId) throw new AppError('forbidden', 'The playground is for people. Call the gateway with your API key.');
  const id = playgroundKeyId(organizationId, userId);
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await db().apiKey.findFirst({ where: { organizationId, id }, omit: { secretHash: false } });
    if (found?.expiresAt && !found.revokedAt && found.expiresAt.getTime() > Date.now() + USABLE_MS) {
      const secret = secretOf(id, found.expiresAt);
      if (sameHash(found.secretHash, hashSecret(secret))) return `${found.prefix}.${secret}`;
    }
    await renew(organizationId, userId, found?.prefix ?? null);
  }
  throw new AppError('unavailable', 'The playground could not get a key. Try again.');
}

/** Whoever comes first wins; the others read what it wrote. */
async function renew(organizationId: string, userId: string, before: string | null): Promise<void> {
  const id = playgroundKeyId(organizationId, userId);
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  const { prefix } = generateKey();
  const fresh = { prefix, expiresAt, revokedAt: null, secretHash: hashSecret(secretOf(id, expiresAt)) };
  if (before === null) {
    const name = 'Playground';
    await insertKey({ organizationId, id, name, environment: 'test', createdById: userId, ...fresh });
    return;
  }
  await db().$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { organizationId, id, prefix: before }, data: fresh });
    if (count > 0) await notifyConfig(tx, `key:${prefix}`);
  });
}

function secretOf(id: string, expiresAt: Date): string {
  const key = env().ENCRYPTION_KEY;
  if (!key) throw new AppError('internal', 'ENCRYPTION_KEY is not set, so the playground can have no key.');
  const digest = createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`playground key ${id} ${expiresAt.getTime()}`)
    .digest();
  return Array.from(digest, (byte) => KEY_ALPHABET.charAt(byte % KEY_ALPHABET.length)).join('');
}
