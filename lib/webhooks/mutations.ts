import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { lockOrganization } from '@/lib/db/lock';
import { seal, unseal } from '@/lib/db/seal';
import { AppError } from '@/lib/errors';
import { checkedAddress } from './address';
import { pythonJson } from './body';
import { webhookView } from './queries';
import type { WebhookValues, WebhookView } from './schema';
import { newSigningSecret, Sender, type Sent } from './send';

/** Each log is sent to every one of them. */
const WEBHOOKS_MAX = 10;

/**
 * Logs that are written from now on are sent there.
 * @returns the webhook with the secret that signs
 * @throws AppError forbidden, conflict where there are too many, invalid_input for an address that can't be called
 */
export async function createWebhook(
  ctx: Context,
  values: WebhookValues,
): Promise<{ webhook: WebhookView; secret: string }> {
  requireEditor(ctx, 'create webhooks');
  const { organizationId } = ctx;
  const url = await checkedAddress(values.url, 'url');
  const id = uuidv7();
  const secret = newSigningSecret();
  const data = { ...values, organizationId, id, url, secretSealed: seal(secret, { organizationId, rowId: id }) };
  return db().$transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    if ((await tx.webhook.count({ where: { organizationId } })) >= WEBHOOKS_MAX)
      throw new AppError('conflict', `An organization has at most ${WEBHOOKS_MAX} webhooks. Remove one first.`);
    return { webhook: webhookView(await tx.webhook.create({ data }), 0), secret };
  });
}

/** Changes a webhook. What waits goes to the new address, at once. @throws as createWebhook; not_found */
export async function updateWebhook(ctx: Context, id: string, values: WebhookValues): Promise<void> {
  requireEditor(ctx, 'change webhooks');
  const { url: before } = await findWebhook(ctx, id);
  const url = await checkedAddress(values.url, 'url');
  await change(ctx, id, { ...values, url, ...(url === before ? {} : RECOVERED) });
}

/** While it is paused no log is put in its queue; what is there already waits. */
export async function setWebhookPaused(ctx: Context, id: string, paused: boolean): Promise<void> {
  requireEditor(ctx, paused ? 'pause webhooks' : 'resume webhooks');
  await change(ctx, id, { ...RECOVERED, pausedAt: paused ? new Date() : null, pauseReason: null });
  const { organizationId } = ctx;
  if (!paused)
    await db().webhookDelivery.updateMany({
      where: { organizationId, webhookId: id },
      data: { nextAttemptAt: new Date(), attempts: 0 },
    });
}

/** Forgets a webhook, its history, and what still waits to be sent there. */
export async function removeWebhook(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'remove webhooks');
  const { organizationId } = ctx;
  const { count } = await db().webhook.deleteMany({ where: { organizationId, id } });
  if (count === 0) throw notFound();
  await db().webhookDelivery.deleteMany({ where: { organizationId, webhookId: id } });
}

/** What its messages are signed with. @throws AppError forbidden, not_found */
export async function revealWebhookSecret(ctx: Context, id: string): Promise<string> {
  requireEditor(ctx, 'see signing secrets');
  return openWebhookSecret(await findWebhook(ctx, id));
}

/** Signs with another secret from now on. @returns the new one; the old one is gone */
export async function rollWebhookSecret(ctx: Context, id: string): Promise<string> {
  requireEditor(ctx, 'change signing secrets');
  const secret = newSigningSecret();
  await change(ctx, id, { secretSealed: seal(secret, { organizationId: ctx.organizationId, rowId: id }) });
  return secret;
}

/** Sends a test, also where the webhook is paused, and notes how it went. @throws AppError forbidden, not_found */
export async function testWebhook(ctx: Context, id: string): Promise<Sent> {
  requireEditor(ctx, 'test webhooks');
  const webhook = await findWebhook(ctx, id);
  const at = new Date();
  const body = { event_type: 'test', webhook_id: id, message: 'A test from Respan.', timestamp: at.toISOString() };
  const sender = new Sender();
  try {
    const sent = await sender.post(webhook.url, pythonJson(body), openWebhookSecret(webhook));
    const { organizationId } = ctx;
    const attempt = { organizationId, webhookId: id, id: uuidv7(), logId: null, at, attempt: 1, ...sent };
    await db().webhookAttempt.create({ data: attempt });
    return sent;
  } finally {
    await sender.close();
  }
}

/** For lib/webhooks alone. @throws AppError internal where it can't be opened */
export function openWebhookSecret(row: { organizationId: string; id: string; secretSealed: Uint8Array }): string {
  return unseal(row.secretSealed, { organizationId: row.organizationId, rowId: row.id });
}

const RECOVERED = { failures: 0, failingSince: null, retryAt: null };

async function findWebhook({ organizationId }: Context, id: string) {
  const row = await db().webhook.findFirst({ where: { organizationId, id }, omit: { secretSealed: false } });
  if (!row) throw notFound();
  return row;
}

async function change({ organizationId }: Context, id: string, data: Prisma.WebhookUncheckedUpdateManyInput) {
  const { count } = await db().webhook.updateMany({ where: { organizationId, id }, data });
  if (count === 0) throw notFound();
}

function notFound(): AppError {
  return new AppError('not_found', 'This webhook does not exist.');
}
