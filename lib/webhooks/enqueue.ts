import { z } from 'zod';
import { execute, type Queryable, queryRows, sql } from '@/lib/db/sql';

export interface WrittenLog {
  readonly organizationId: string;
  readonly id: string;
  readonly environment: 'production' | 'test';
}

const row = z.object({ organizationId: z.string() });

/**
 * Puts logs in the queue of every webhook that wants them, in the transaction that writes them: whoever is killed afterwards
 * loses none. Where no organization has a webhook it costs one short question.
 */
export async function enqueueLogs(logs: readonly WrittenLog[], on: Queryable): Promise<void> {
  const organizations = [...new Set(logs.map(({ organizationId }) => organizationId))];
  const found = await queryRows(
    sql`SELECT DISTINCT "organizationId" FROM "Webhook"
        WHERE "organizationId" = ANY(${organizations}::uuid[]) AND "pausedAt" IS NULL`,
    row,
    on,
  );
  if (found.length === 0) return;
  const wanted = new Set(found.map(({ organizationId }) => organizationId.toLowerCase()));
  const sent = logs.filter(({ organizationId }) => wanted.has(organizationId.toLowerCase()));
  await execute(
    sql`INSERT INTO "WebhookDelivery" ("organizationId", "webhookId", "logId")
        SELECT log."organizationId", webhook."id", log."id"
        FROM unnest(
          ${sent.map(({ organizationId }) => organizationId)}::uuid[], ${sent.map(({ id }) => id)}::uuid[],
          ${sent.map(({ environment }) => environment)}::"Environment"[]
        ) AS log ("organizationId", "id", "environment")
        JOIN "Webhook" AS webhook ON webhook."organizationId" = log."organizationId" AND webhook."pausedAt" IS NULL
          AND (webhook."environment" IS NULL OR webhook."environment" = log."environment")
        ON CONFLICT DO NOTHING`,
    on,
  );
}
