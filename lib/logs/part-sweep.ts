import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { execute, type Queryable, queryRows, sql } from '@/lib/db/sql';
import { boundAt, firstIdAt } from './partitions';
import { eraseAll, type Pace, ROWS_A_DELETE } from './retention';

const DAY_MS = 86_400_000;
/** A log may come seven days late, and writers know for an hour which parts there are: before that, none may be removed. */
const SWEPT_AFTER_DAYS = 9;

/**
 * Notes that a log's request may leave parts that no other names. To be called before the log's bodies are deleted, in the
 * transaction that does it.
 */
export async function notePartsOf(ctx: Context, logId: string, on: Queryable): Promise<void> {
  await execute(
    sql`INSERT INTO "PartSweep" ("organizationId", "day", "notedAt")
        SELECT "organizationId", "partsDay", clock_timestamp() FROM "RequestPayload"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${logId}::uuid AND "partsDay" IS NOT NULL
        ON CONFLICT ("organizationId", "day") DO UPDATE SET "notedAt" = excluded."notedAt"`,
    on,
  );
}

const note = z.object({ organizationId: z.uuid(), day: z.string(), notedAt: z.string() });

/**
 * Removes the parts that deleted logs have left and no other log names, of days that nothing is written to any more.
 * @param on a connection of its own, outside a transaction
 */
export async function sweepParts(on: Queryable, now: Date, pace: Pace = {}): Promise<void> {
  const before = boundAt('PayloadPart', new Date(now.getTime() - SWEPT_AFTER_DAYS * DAY_MS));
  const notes = await queryRows(
    sql`SELECT "organizationId", "day"::text, "notedAt"::text FROM "PartSweep" WHERE "day" < ${before}::date`,
    note,
    on,
  );
  for (const { organizationId, day, notedAt } of notes) {
    await eraseAll(pace, () => sweepDay(organizationId, day, on));
    if (pace.signal?.aborted) return;
    // A log deleted meanwhile has noted the day again.
    await execute(
      sql`DELETE FROM "PartSweep" WHERE "organizationId" = ${organizationId}::uuid AND "day" = ${day}::date
          AND "notedAt" = ${notedAt}::timestamptz`,
      on,
    );
  }
}

/** Bodies are kept under the day of their log's id, as their parts are. */
function sweepDay(organizationId: string, day: string, on: Queryable): Promise<number> {
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + DAY_MS);
  const named = sql`SELECT substring(kept."requestParts" FROM n * 32 + 1 FOR 32) AS "digest"
    FROM "RequestPayload" AS kept CROSS JOIN LATERAL generate_series(0, octet_length(kept."requestParts") / 32 - 1) AS n
    WHERE kept."organizationId" = ${organizationId}::uuid AND kept."partsDay" = ${day}::date
      AND kept."id" >= ${firstIdAt(from)}::uuid AND kept."id" < ${firstIdAt(to)}::uuid`;
  return execute(
    sql`DELETE FROM "PayloadPart" WHERE "organizationId" = ${organizationId}::uuid AND "day" = ${day}::date AND "digest" IN (
          SELECT part."digest" FROM "PayloadPart" AS part
          WHERE part."organizationId" = ${organizationId}::uuid AND part."day" = ${day}::date
            AND NOT EXISTS (SELECT FROM (${named}) AS named WHERE named."digest" = part."digest")
          LIMIT ${ROWS_A_DELETE}
        )`,
    on,
  );
}
