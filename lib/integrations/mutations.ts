import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { notifyConfig } from '@/lib/db/notify';
import { seal } from '@/lib/db/seal';
import { AppError } from '@/lib/errors';
import { openSecret } from './credentials';
import { findConnectable } from './custom-providers';
import { accepted } from './health';
import { plausibleSecret } from './secret';
import { simulatorUrl } from './simulator';
import { verifyKey } from './verify';

/** Puts a new secret in a key's place once the provider has accepted it; until then the old one stays. */
export async function replaceKey(ctx: Context, id: string, pasted: string): Promise<void> {
  requireEditor(ctx, 'replace provider keys');
  const { organizationId } = ctx;
  const row = await findKey(ctx, id);
  if (row.simulated)
    throw new AppError('invalid_input', "The simulator's key can't be replaced; there is nothing to pay with it.");
  const { provider, baseUrl } = await findConnectable(ctx, row.provider);
  const secret = plausibleSecret(provider, pasted);
  await verifyKey(provider, baseUrl, secret);
  await changeKey(ctx, id, {
    secretSealed: seal(secret, { organizationId, rowId: id }),
    lastFour: secret.slice(-4),
    ...accepted(),
  });
}

/**
 * Asks the provider again whether it accepts a stored key. A refusal takes the key's verified mark away.
 * @throws AppError forbidden, not_found, provider_refused, unavailable
 */
export async function verifyStored(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'verify provider keys');
  const row = await findKey(ctx, id);
  const { provider, baseUrl } = await findConnectable(ctx, row.provider);
  const asked = row.simulated ? simulatorUrl() : baseUrl;
  if (!asked) throw new AppError('unavailable', 'This installation runs no simulator at the moment.');
  try {
    await verifyKey(provider, asked, openSecret(row));
  } catch (error) {
    if (error instanceof AppError && error.code === 'provider_refused') await changeKey(ctx, id, { verifiedAt: null });
    throw error;
  }
  await changeKey(ctx, id, accepted());
}

export async function renameKey(ctx: Context, id: string, name: string): Promise<void> {
  requireEditor(ctx, 'rename provider keys');
  await changeKey(ctx, id, { name });
}

/** @param weight share of the traffic, 0 to 1000; 0 takes the key out of rotation */
export async function setWeight(ctx: Context, id: string, weight: number): Promise<void> {
  requireEditor(ctx, 'change weights');
  await changeKey(ctx, id, { weight });
}

/** Forgets a key. Calls that would have used it take another of the organization's, or are refused. */
export async function removeKey(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'remove provider keys');
  const { organizationId } = ctx;
  await db().$transaction(async (tx) => {
    const { count } = await tx.integrationKey.deleteMany({ where: { organizationId, id } });
    if (count === 0) throw notFound();
    await notifyConfig(tx, `integrations:${organizationId}`);
  });
}

async function findKey(ctx: Context, id: string) {
  const where = { organizationId: ctx.organizationId, id };
  const row = await db().integrationKey.findFirst({ where, omit: { secretSealed: false } });
  if (!row) throw notFound();
  return row;
}

async function changeKey(ctx: Context, id: string, data: Prisma.IntegrationKeyUncheckedUpdateManyInput): Promise<void> {
  const { organizationId } = ctx;
  await db().$transaction(async (tx) => {
    const { count } = await tx.integrationKey.updateMany({ where: { organizationId, id }, data });
    if (count === 0) throw notFound();
    await notifyConfig(tx, `integrations:${organizationId}`);
  });
}

function notFound(): AppError {
  return new AppError('not_found', 'This provider key does not exist.');
}
