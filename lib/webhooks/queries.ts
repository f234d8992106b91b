import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { WebhookModel } from '@/lib/db/generated/models';
import { queryRows, sql } from '@/lib/db/sql';
import type { AttemptView, WebhookView } from './schema';

/** Counting further would tell nobody more. */
const WAITING_MAX = 10_000;
const HISTORY = 100;

/** The organization's webhooks, the oldest first. */
export async function listWebhooks(ctx: Context): Promise<WebhookView[]> {
  const where = { organizationId: ctx.organizationId };
  const [rows, waiting] = await Promise.all([
    db().webhook.findMany({ where, orderBy: { id: 'asc' } }),
    queryRows(
      sql`SELECT webhook."id", (
            SELECT count(*)::int FROM (
              SELECT FROM "WebhookDelivery" AS one
              WHERE one."organizationId" = webhook."organizationId" AND one."webhookId" = webhook."id" LIMIT ${WAITING_MAX}
            ) AS counted
          ) AS "waiting"
          FROM "Webhook" AS webhook WHERE webhook."organizationId" = ${ctx.organizationId}::uuid`,
      z.object({ id: z.string(), waiting: z.number() }),
    ),
  ]);
  return rows.map((row) => webhookView(row, waiting.find(({ id }) => id === row.id)?.waiting ?? 0));
}

/** The last attempts at all of its webhooks, the newest first. */
export async function listAttempts(ctx: Context): Promise<AttemptView[]> {
  const rows = await db().webhookAttempt.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: 'desc' },
    take: HISTORY,
    include: { webhook: { select: { name: true } } },
  });
  return rows.map(({ organizationId: _, webhook, ...attempt }) => ({ ...attempt, webhookName: webhook.name }));
}

/** A stored webhook as people may see it. */
export function webhookView(row: Omit<WebhookModel, 'secretSealed'>, waiting: number): WebhookView {
  const { id, name, url, environment, pausedAt, pauseReason, failingSince, retryAt, lastDeliveredAt } = row;
  const state = pausedAt ? 'paused' : failingSince ? 'failing' : 'active';
  return { id, name, url, environment, state, pausedAt, pauseReason, failingSince, retryAt, lastDeliveredAt, waiting };
}
