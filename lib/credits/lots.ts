import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { execute, type Queryable, queryRows, sql } from '@/lib/db/sql';
import { inTransaction } from '@/lib/db/transaction';

/** Credits that expire are used before those that don't, the earliest to expire first. */

interface Spent {
  readonly organizationId: string;
  /** What is taken, positive. */
  readonly amountNanoUsd: bigint;
}

/** Takes amounts from lots. To be called while the organizations' balance rows are locked: that is what keeps two from taking the same. */
export async function spendLots(spent: readonly Spent[], on: Queryable): Promise<void> {
  const owed = spent.filter(({ amountNanoUsd }) => amountNanoUsd > 0n);
  if (owed.length === 0) return;
  await execute(
    sql`UPDATE "CreditLot" AS lot
        SET "remainingNanoUsd" = lot."remainingNanoUsd"
          - least(lot."remainingNanoUsd", greatest(0, line."owed" - line."before"))
        FROM (
          SELECT lot."organizationId", lot."id", owed."amount" AS "owed",
            coalesce(sum(lot."remainingNanoUsd") OVER (
              PARTITION BY lot."organizationId" ORDER BY lot."expiresAt", lot."id"
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0)::bigint AS "before"
          FROM "CreditLot" AS lot
          JOIN unnest(
            ${owed.map(({ organizationId }) => organizationId)}::uuid[],
            ${owed.map(({ amountNanoUsd }) => String(amountNanoUsd))}::bigint[]
          ) AS owed ("organizationId", "amount") ON owed."organizationId" = lot."organizationId"
          WHERE lot."remainingNanoUsd" > 0
        ) AS line
        WHERE lot."organizationId" = line."organizationId" AND lot."id" = line."id" AND line."owed" > line."before"`,
    on,
  );
}

/** Adds a lot. To be called while the balance row is locked, as above. */
export async function addLot(
  lot: { organizationId: string; id: string; amountNanoUsd: bigint; expiresAt: Date },
  on: Queryable,
): Promise<void> {
  if (lot.amountNanoUsd <= 0n) return;
  await execute(
    sql`INSERT INTO "CreditLot" ("organizationId", "id", "remainingNanoUsd", "expiresAt")
        VALUES (${lot.organizationId}::uuid, ${lot.id}::uuid, ${String(lot.amountNanoUsd)}::bigint, ${lot.expiresAt})`,
    on,
  );
  await execute(
    sql`UPDATE "CreditBalance" SET "nextExpiryAt" = least("nextExpiryAt", ${lot.expiresAt}::timestamptz)
        WHERE "organizationId" = ${lot.organizationId}::uuid`,
    on,
  );
}

/** While calls under way hold what has expired, it is tried again after this. */
const TRY_AGAIN_MS = 5000;

const bigText = z.string().transform(BigInt);
const balanceRow = z.object({ balance: bigText, reserved: bigText });
const lotRow = z.object({ id: z.uuid(), remaining: bigText, description: z.string() });

/**
 * Turns an organization's expired credits into rows of the ledger. What calls under way hold is still theirs to use: it expires
 * when they are over.
 * @returns the nano-dollars that expired
 */
export function expireCredits(organizationId: string, now = new Date()): Promise<bigint> {
  return inTransaction(async (on) => {
    const [kept] = await queryRows(
      sql`SELECT "balanceNanoUsd"::text AS "balance", "reservedNanoUsd"::text AS "reserved" FROM "CreditBalance"
          WHERE "organizationId" = ${organizationId}::uuid FOR UPDATE`,
      balanceRow,
      on,
    );
    const lots = await queryRows(
      sql`SELECT lot."id", lot."remainingNanoUsd"::text AS "remaining", entry."description"
          FROM "CreditLot" AS lot JOIN "CreditTransaction" AS entry
            ON entry."organizationId" = lot."organizationId" AND entry."id" = lot."id"
          WHERE lot."organizationId" = ${organizationId}::uuid AND lot."expiresAt" <= ${now}
          ORDER BY lot."expiresAt", lot."id"`,
      lotRow,
      on,
    );
    const { balance, reserved } = kept ?? { balance: 0n, reserved: 0n };
    const total = lots.reduce((sum, lot) => sum + lot.remaining, 0n);
    const expired = positive(smallest(balance, total) - reserved);
    let left = expired;
    for (const lot of lots) {
      const amount = smallest(lot.remaining, left);
      left -= amount;
      await expireLot(organizationId, lot, amount, on);
    }
    await settleBalance(organizationId, expired, now, on);
    return expired;
  });
}

async function expireLot(
  organizationId: string,
  lot: z.infer<typeof lotRow>,
  amount: bigint,
  on: Queryable,
): Promise<void> {
  if (amount > 0n) {
    const metadata = JSON.stringify({ expired: `ct_${lot.id}` });
    await execute(
      sql`INSERT INTO "CreditTransaction" ("organizationId", "id", "type", "amountNanoUsd", "description", "metadata")
          VALUES (${organizationId}::uuid, ${uuidv7()}::uuid, 'adjustment', ${String(-amount)}::bigint,
            ${`Expired: ${lot.description}`}, ${metadata}::jsonb)`,
      on,
    );
  }
  const left = lot.remaining - amount;
  await execute(
    left > 0n
      ? sql`UPDATE "CreditLot" SET "remainingNanoUsd" = ${String(left)}::bigint
            WHERE "organizationId" = ${organizationId}::uuid AND "id" = ${lot.id}::uuid`
      : sql`DELETE FROM "CreditLot" WHERE "organizationId" = ${organizationId}::uuid AND "id" = ${lot.id}::uuid`,
    on,
  );
}

async function settleBalance(organizationId: string, expired: bigint, now: Date, on: Queryable): Promise<void> {
  const again = new Date(now.getTime() + TRY_AGAIN_MS);
  await execute(
    sql`UPDATE "CreditBalance" SET "balanceNanoUsd" = "balanceNanoUsd" - ${String(expired)}::bigint, "updatedAt" = now(),
          "nextExpiryAt" = (SELECT greatest(min("expiresAt"), ${again}::timestamptz) FROM "CreditLot"
            WHERE "organizationId" = ${organizationId}::uuid AND "remainingNanoUsd" > 0)
        WHERE "organizationId" = ${organizationId}::uuid`,
    on,
  );
}

/** Every organization's expired credits. For the sweep. */
export async function expireAllCredits(now = new Date()): Promise<void> {
  const due = await queryRows(
    sql`SELECT DISTINCT "organizationId" FROM "CreditLot" WHERE "expiresAt" <= ${now} LIMIT 1000`,
    z.object({ organizationId: z.uuid() }),
  );
  for (const { organizationId } of due) await expireCredits(organizationId, now);
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

function smallest(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
