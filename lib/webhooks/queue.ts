import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { db } from '@/lib/db/client';
import { execute, queryRows, sql } from '@/lib/db/sql';
import type { Sent } from './send';

/** Which webhook; its id alone is no key. */
export interface WebhookKey {
  readonly organizationId: string;
  readonly id: string;
}

export interface Delivery {
  readonly logId: string;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** What became of one delivery. Null where its log is gone, and there is nothing to send. */
export interface Outcome extends Delivery {
  readonly sent: Sent | null;
}

const HISTORY = 100;
const SHORTEST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = { log: 3_600_000, webhook: 900_000 };
/** Between which and the first, the pauses growing, lie about 14 hours. */
const ATTEMPTS_MAX = 30;
/** A webhook at which everything fails for so long is paused. */
const PAUSE_AFTER_MS = 24 * 3_600_000;

const key = z.object({ organizationId: z.string(), id: z.string() });

/** Webhooks that have something to be sent now. */
export function webhooksDue(now: Date): Promise<WebhookKey[]> {
  return queryRows(
    sql`SELECT "organizationId", "id" FROM "Webhook" AS webhook
        WHERE "pausedAt" IS NULL AND ("retryAt" IS NULL OR "retryAt" <= ${now}) AND EXISTS (
          SELECT FROM "WebhookDelivery" AS delivery WHERE delivery."organizationId" = webhook."organizationId"
            AND delivery."webhookId" = webhook."id" AND delivery."nextAttemptAt" <= ${now}
        )`,
    key,
  );
}

/**
 * Takes deliveries out of the others' sight for a while. Whoever took them and dies leaves them to the next after that time:
 * a log may arrive twice, and none is lost.
 */
export function claim(
  { organizationId, id }: WebhookKey,
  limit: number,
  leaseMs: number,
  now: Date,
): Promise<Delivery[]> {
  const until = new Date(now.getTime() + leaseMs);
  return queryRows(
    sql`WITH due AS MATERIALIZED (
          SELECT "logId" FROM "WebhookDelivery"
          WHERE "organizationId" = ${organizationId}::uuid AND "webhookId" = ${id}::uuid AND "nextAttemptAt" <= ${now}
          ORDER BY "nextAttemptAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED
        )
        UPDATE "WebhookDelivery" AS delivery SET "attempts" = delivery."attempts" + 1, "nextAttemptAt" = ${until}
        FROM due
        WHERE delivery."organizationId" = ${organizationId}::uuid AND delivery."webhookId" = ${id}::uuid
          AND delivery."logId" = due."logId"
        RETURNING delivery."logId", delivery."attempts", delivery."createdAt"`,
    z.object({ logId: z.string(), attempts: z.number(), createdAt: z.date() }),
  );
}

/** Puts back what was taken and not tried, for whoever looks next. */
export async function giveBack(
  { organizationId, id }: WebhookKey,
  deliveries: readonly Delivery[],
  now: Date,
): Promise<void> {
  const logId = { in: deliveries.map((one) => one.logId) };
  await db().webhookDelivery.updateMany({
    where: { organizationId, webhookId: id, logId },
    data: { attempts: { decrement: 1 }, nextAttemptAt: now },
  });
}

/** Sends nothing more until a person resumes it. */
export async function pause({ organizationId, id }: WebhookKey, pauseReason: string, now: Date): Promise<void> {
  await db().webhook.updateMany({
    where: { organizationId, id, pausedAt: null },
    data: { pausedAt: now, pauseReason },
  });
}

/** Takes what was accepted out of the queue, puts off what was not, and notes all of it. */
export async function settle(webhook: WebhookKey, outcomes: readonly Outcome[], now: Date): Promise<void> {
  const failed = outcomes.filter(({ sent }) => sent && sent.error !== null);
  const again = failed.filter(({ attempts }) => attempts < ATTEMPTS_MAX);
  const done = outcomes.filter((outcome) => !again.includes(outcome));
  const whose = { organizationId: webhook.organizationId, webhookId: webhook.id };
  await db().webhookDelivery.deleteMany({ where: { ...whose, logId: { in: done.map(({ logId }) => logId) } } });
  for (const { logId, createdAt } of again) {
    const waitMs = waitFor(now.getTime() - createdAt.getTime(), LONGEST_WAIT_MS.log);
    const data = { nextAttemptAt: new Date(now.getTime() + waitMs) };
    await db().webhookDelivery.updateMany({ where: { ...whose, logId }, data });
  }
  if (!(await noteHealth(webhook, outcomes, now)))
    return void (await db().webhookDelivery.deleteMany({ where: whose }));
  await keepHistory(webhook, outcomes, now);
}

/** The longer it has failed, the longer the next pause: half as long again. */
function waitFor(failingMs: number, longestMs: number): number {
  return Math.min(longestMs, Math.max(SHORTEST_WAIT_MS, failingMs / 2));
}

/** @returns whether the webhook is still there */
async function noteHealth(
  { organizationId, id }: WebhookKey,
  outcomes: readonly Outcome[],
  now: Date,
): Promise<boolean> {
  const where = { organizationId, id };
  const before = await db().webhook.findFirst({ where });
  if (!before) return false;
  const tried = outcomes.flatMap(({ sent }) => sent ?? []);
  if (tried.some(({ error }) => error === null)) {
    const data = { failures: 0, failingSince: null, retryAt: null, lastDeliveredAt: now };
    await db().webhook.updateMany({ where, data });
  } else if (tried.length > 0) {
    const failingSince = before.failingSince ?? now;
    const failingMs = now.getTime() - failingSince.getTime();
    const paused = failingMs >= PAUSE_AFTER_MS && before.pausedAt === null;
    const pauseReason = `Every attempt of the last 24 hours failed. The last one: ${tried.at(-1)?.error}`;
    await db().webhook.updateMany({
      where,
      data: {
        failures: before.failures + tried.length,
        failingSince,
        retryAt: new Date(now.getTime() + waitFor(failingMs, LONGEST_WAIT_MS.webhook)),
        ...(paused ? { pausedAt: now, pauseReason } : {}),
      },
    });
  }
  return true;
}

async function keepHistory({ organizationId, id }: WebhookKey, outcomes: readonly Outcome[], at: Date): Promise<void> {
  const data = outcomes.flatMap(({ logId, attempts, sent }) =>
    sent ? [{ organizationId, webhookId: id, id: uuidv7(), logId, at, attempt: attempts, ...sent }] : [],
  );
  await db().webhookAttempt.createMany({ data });
  await execute(
    sql`DELETE FROM "WebhookAttempt" WHERE "organizationId" = ${organizationId}::uuid AND "webhookId" = ${id}::uuid
          AND "id" < (
            SELECT "id" FROM "WebhookAttempt" WHERE "organizationId" = ${organizationId}::uuid AND "webhookId" = ${id}::uuid
            ORDER BY "id" DESC OFFSET ${HISTORY - 1} LIMIT 1
          )`,
  );
}

/** Removes what waits for webhooks that went in the moment it was put there. */
export function removeOrphans(): Promise<number> {
  return execute(
    sql`DELETE FROM "WebhookDelivery" AS delivery WHERE NOT EXISTS (
          SELECT FROM "Webhook" AS webhook WHERE webhook."organizationId" = delivery."organizationId"
            AND webhook."id" = delivery."webhookId"
        )`,
  );
}
