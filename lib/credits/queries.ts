import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { CREDIT_TYPES, type CreditsView, type CreditTransactionView, type CreditUsageDay } from './schema';

const bigText = z.string().transform(BigInt);

/**
 * What an organization may still spend, in nano-dollars: its balance without what is held for calls under way. Takes no context:
 * the composition root asks, for a caller whose API key it has checked.
 */
export async function freeCredits(organizationId: string): Promise<{ balance: bigint; reserved: bigint }> {
  const [row] = await queryRows(
    sql`SELECT "balanceNanoUsd"::text AS "balance", "reservedNanoUsd"::text AS "reserved" FROM "CreditBalance"
        WHERE "organizationId" = ${organizationId}::uuid`,
    z.object({ balance: bigText, reserved: bigText }),
  );
  return row ?? { balance: 0n, reserved: 0n };
}

const creditsRow = z.object({
  balance: z.string(),
  reserved: z.string(),
  expiring: z.string(),
  nextExpiryAt: z.date().nullable(),
  hasHistory: z.boolean(),
});

/** What an organization has, and what of it is held or expires. */
export async function getCredits({ organizationId }: Context): Promise<CreditsView> {
  const [row] = await queryRows(
    sql`SELECT coalesce(kept."balanceNanoUsd", 0)::text AS "balance", greatest(coalesce(kept."reservedNanoUsd", 0), 0)::text AS "reserved",
          coalesce(lots."remaining", 0)::text AS "expiring", lots."first" AS "nextExpiryAt",
          EXISTS (SELECT FROM "CreditTransaction" WHERE "organizationId" = ${organizationId}::uuid) AS "hasHistory"
        FROM (SELECT) AS one
        LEFT JOIN "CreditBalance" AS kept ON kept."organizationId" = ${organizationId}::uuid
        LEFT JOIN LATERAL (SELECT sum("remainingNanoUsd") AS "remaining", min("expiresAt") AS "first" FROM "CreditLot"
          WHERE "organizationId" = ${organizationId}::uuid AND "remainingNanoUsd" > 0) AS lots ON true`,
    creditsRow,
  );
  if (!row) throw new AppError('internal', 'The balance could not be read.');
  return {
    balanceNanoUsd: row.balance,
    reservedNanoUsd: row.reserved,
    expiringNanoUsd: row.expiring,
    nextExpiryAt: row.nextExpiryAt?.getTime() ?? null,
    hasHistory: row.hasHistory,
  };
}

const entryRow = z.object({
  id: z.uuid(),
  type: z.enum(CREDIT_TYPES),
  amount: z.string(),
  description: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  logId: z.uuid().nullable(),
  balance: z.string(),
});

export interface LedgerPage {
  readonly entries: readonly CreditTransactionView[];
  /** What to ask for the next, older page; null on the last. */
  readonly before: string | null;
}

/**
 * The ledger, newest first, with what was left after each row.
 * @param before the id that the page before ended with
 */
export async function listLedger(
  { organizationId }: Context,
  { before = null, limit = 50 }: { before?: string | null; limit?: number } = {},
): Promise<LedgerPage> {
  const after = before ? sql`AND "id" < ${before}::uuid` : sql``;
  const newer = before
    ? sql`(SELECT coalesce(sum("amountNanoUsd"), 0) FROM "CreditTransaction"
           WHERE "organizationId" = ${organizationId}::uuid AND "id" >= ${before}::uuid)`
    : sql`0`;
  const rows = await queryRows(
    sql`WITH page AS (
          SELECT * FROM "CreditTransaction" WHERE "organizationId" = ${organizationId}::uuid ${after}
          ORDER BY "id" DESC LIMIT ${limit + 1}
        )
        SELECT "id", "type", "amountNanoUsd"::text AS "amount", "description", "createdAt", "expiresAt", "logId",
          ((SELECT "balanceNanoUsd" FROM "CreditBalance" WHERE "organizationId" = ${organizationId}::uuid) - ${newer}
            - coalesce(sum("amountNanoUsd") OVER (ORDER BY "id" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
          )::text AS "balance"
        FROM page ORDER BY "id" DESC`,
    entryRow,
  );
  const entries = rows.slice(0, limit).map(toView);
  return { entries, before: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

function toView({ amount, balance, createdAt, expiresAt, ...row }: z.infer<typeof entryRow>): CreditTransactionView {
  return {
    ...row,
    amountNanoUsd: amount,
    balanceNanoUsd: balance,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
  };
}

const dayRow = z.object({ at: z.date(), calls: z.number(), used: z.string() });

/** What calls took on each of the last days, the current one included, in a time zone. */
export async function usageByDay(
  { organizationId }: Context,
  { days, timeZone, now = new Date() }: { days: number; timeZone: string; now?: Date },
): Promise<CreditUsageDay[]> {
  const rows = await queryRows(
    sql`SELECT day.at AS "at", count(entry."id")::int AS "calls", coalesce(-sum(entry."amountNanoUsd"), 0)::text AS "used"
        FROM (
          SELECT (date_trunc('day', ${now}::timestamptz AT TIME ZONE ${timeZone}) - back * interval '1 day')
              AT TIME ZONE ${timeZone} AS at,
            (date_trunc('day', ${now}::timestamptz AT TIME ZONE ${timeZone}) - (back - 1) * interval '1 day')
              AT TIME ZONE ${timeZone} AS until
          FROM generate_series(${days - 1}::int, 0, -1) AS back
        ) AS day
        LEFT JOIN "CreditTransaction" AS entry ON entry."organizationId" = ${organizationId}::uuid
          AND entry."type" = 'usage' AND entry."createdAt" >= day.at AND entry."createdAt" < day.until
        GROUP BY day.at ORDER BY day.at`,
    dayRow,
  );
  return rows.map(({ at, calls, used }) => ({ at: at.getTime(), calls, usedNanoUsd: used }));
}
