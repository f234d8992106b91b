import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { lockOrganization } from '@/lib/db/lock';
import { seal, unseal } from '@/lib/db/seal';
import { AppError } from '@/lib/errors';
import { checkedAddress } from '@/lib/webhooks/address';
import { newSigningSecret } from '@/lib/webhooks/send';
import { alertView, canSendEmail } from './queries';
import { type AlertValues, type AlertView, hasPercentile, parseThreshold } from './schema';

/** Each is measured every half minute: more of them would be a load nobody asked for. */
const ALERTS_MAX = 100;

/**
 * @throws AppError forbidden; conflict where there are too many; invalid_input for addresses that can't be called, a key that is
 * not there, email that can't be sent, or nobody to tell
 */
export async function createAlert(ctx: Context, values: AlertValues): Promise<AlertView> {
  requireEditor(ctx, 'create alerts');
  const { organizationId } = ctx;
  const id = uuidv7();
  const data = await columnsOf(ctx, id, values, null);
  return db().$transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    if ((await tx.alert.count({ where: { organizationId } })) >= ALERTS_MAX)
      throw new AppError('conflict', `An organization has at most ${ALERTS_MAX} alerts. Remove one first.`);
    return alertView(await tx.alert.create({ data: { organizationId, id, ...data } }));
  });
}

/** Changes an alert, which is then measured anew: one that fires and still would fires again. @throws as createAlert; not_found */
export async function updateAlert(ctx: Context, id: string, values: AlertValues): Promise<void> {
  requireEditor(ctx, 'change alerts');
  const before = await findAlert(ctx, id);
  const data = await columnsOf(ctx, id, values, before);
  await change(ctx, id, { ...data, firingSince: null, evaluatedAt: null, value: null, requests: null });
}

/** Switches an alert off, or on again. */
export async function setAlertEnabled(ctx: Context, id: string, enabled: boolean): Promise<void> {
  requireEditor(ctx, 'change alerts');
  await change(ctx, id, { enabled, firingSince: null, evaluatedAt: null, value: null, requests: null });
}

/** Forgets an alert and its history. */
export async function removeAlert(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'remove alerts');
  const { count } = await db().alert.deleteMany({ where: { organizationId: ctx.organizationId, id } });
  if (count === 0) throw notFound();
}

/** What the alert's webhook is signed with. @throws AppError forbidden, not_found */
export async function revealAlertSecret(ctx: Context, id: string): Promise<string> {
  requireEditor(ctx, 'see signing secrets');
  const { webhookSecretSealed } = await findAlert(ctx, id);
  if (!webhookSecretSealed) throw new AppError('not_found', 'This alert has no webhook.');
  return unseal(webhookSecretSealed, secretOwner(ctx, id));
}

/** For lib/alerts alone: with its secrets. @throws AppError not_found */
export async function findAlert(ctx: Context, id: string) {
  const row = await db().alert.findFirst({
    where: { organizationId: ctx.organizationId, id },
    omit: { slackUrlSealed: false, webhookSecretSealed: false },
  });
  if (!row) throw notFound();
  return row;
}
export type StoredAlert = Awaited<ReturnType<typeof findAlert>>;

/** Two secrets of one row: neither opens in the other's place. */
export function secretOwner({ organizationId }: Pick<Context, 'organizationId'>, alertId: string) {
  return { organizationId, rowId: alertId };
}
export function slackOwner({ organizationId }: Pick<Context, 'organizationId'>, alertId: string) {
  return { organizationId, rowId: `${alertId}/slack` };
}

async function columnsOf(ctx: Context, id: string, values: AlertValues, before: StoredAlert | null) {
  const { threshold: typed, keepSlack, slackUrl: typedSlack, webhookUrl: typedWebhook, percentile, ...plain } = values;
  const threshold = parseThreshold(values.metric, typed);
  if (threshold === null) throw new AppError('invalid_input', 'The threshold is no number.');
  if (values.apiKeyId !== null) await requireKey(ctx, values.apiKeyId);
  if (values.emails.length > 0 && !canSendEmail() && values.emails.join() !== before?.emails.join())
    throw refused('emails', 'This installation sends no email. Its operator can allow it with SMTP_URL.');
  const slackUrl = typedSlack === '' ? null : await checkedAddress(typedSlack, 'slackUrl');
  const webhookUrl = typedWebhook === '' ? null : await checkedAddress(typedWebhook, 'webhookUrl');
  const keepsSlack = slackUrl === null && keepSlack && !!before?.slackUrlSealed;
  if (values.emails.length === 0 && !slackUrl && !keepsSlack && !webhookUrl)
    throw refused('channels', 'Say whom to tell: an email address, Slack or a webhook.');
  // A secret is never used for an address that it was not made for.
  const keepsSecret = webhookUrl !== null && webhookUrl === before?.webhookUrl && !!before.webhookSecretSealed;
  const secret = webhookUrl === null ? null : seal(newSigningSecret(), secretOwner(ctx, id));
  return {
    ...plain,
    threshold,
    percentile: hasPercentile(values.metric) ? percentile : null,
    webhookUrl,
    ...(keepsSecret ? {} : { webhookSecretSealed: secret }),
    ...(keepsSlack
      ? {}
      : {
          slackUrlSealed: slackUrl ? seal(slackUrl, slackOwner(ctx, id)) : null,
          slackUrlHint: slackUrl ? `${new URL(slackUrl).host} …${slackUrl.slice(-4)}` : null,
        }),
  };
}

async function requireKey({ organizationId }: Context, id: string): Promise<void> {
  const found = await db().apiKey.findFirst({ where: { organizationId, id }, select: { id: true } });
  if (!found) throw refused('apiKeyId', 'This key does not exist.');
}

type Changes = NonNullable<Parameters<ReturnType<typeof db>['alert']['updateMany']>[0]>['data'];

async function change({ organizationId }: Context, id: string, data: Changes): Promise<void> {
  const { count } = await db().alert.updateMany({ where: { organizationId, id }, data });
  if (count === 0) throw notFound();
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid_input', message, { fields: { [field]: message } });
}

function notFound(): AppError {
  return new AppError('not_found', 'This alert does not exist.');
}
