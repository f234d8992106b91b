import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { AlertEventModel, AlertModel } from '@/lib/db/generated/models';
import { env } from '@/lib/env';
import { type AlertEventView, type AlertView, deliverySchema, EVENT_KINDS, metricSchema } from './schema';

const HISTORY = 100;
const directionSchema = z.enum(['above', 'below']);

/** The organization's alerts, the oldest first. */
export async function listAlerts(ctx: Context): Promise<AlertView[]> {
  const where = { organizationId: ctx.organizationId };
  const rows = await db().alert.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(alertView);
}

/** The last events of all alerts, the newest first. */
export async function listAlertEvents(ctx: Context): Promise<AlertEventView[]> {
  const rows = await db().alertEvent.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: 'desc' },
    take: HISTORY,
    include: { alert: { select: { name: true } } },
  });
  return rows.map((row) => eventView(row, row.alert.name));
}

/** How many alerts are firing, for the navigation. */
export function countFiring(ctx: Context): Promise<number> {
  return db().alert.count({ where: { organizationId: ctx.organizationId, enabled: true, firingSince: { not: null } } });
}

/** Whether this installation can send email. */
export function canSendEmail(): boolean {
  return env().SMTP_URL !== undefined;
}

/** A stored alert as people may see it. */
export function alertView(row: Omit<AlertModel, 'slackUrlSealed' | 'webhookSecretSealed'>): AlertView {
  const { id, name, percentile, windowMinutes, minimumRequests, environment, model, provider, apiKeyId } = row;
  return {
    ...{ id, name, percentile, windowMinutes, minimumRequests, environment, model, provider, apiKeyId },
    metric: metricSchema.parse(row.metric),
    direction: directionSchema.parse(row.direction),
    threshold: String(row.threshold),
    customer: row.customer,
    emails: row.emails,
    slackUrlHint: row.slackUrlHint,
    webhookUrl: row.webhookUrl,
    enabled: row.enabled,
    firingSince: row.firingSince,
    evaluatedAt: row.evaluatedAt,
    value: row.value === null ? null : String(row.value),
    requests: row.requests === null ? null : Number(row.requests),
  };
}

export function eventView(row: AlertEventModel, alertName: string): AlertEventView {
  const { id, alertId, at, detail } = row;
  return {
    ...{ id, alertId, alertName, at, detail },
    kind: z.enum(EVENT_KINDS).parse(row.kind),
    deliveries: z.array(deliverySchema).parse(row.deliveries),
  };
}
