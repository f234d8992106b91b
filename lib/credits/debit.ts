import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { type Queryable, queryRows, sql } from '@/lib/db/sql';
import type { NanoUsd } from '@/lib/money/nano-usd';
import { spendLots } from './lots';

/** What one log owes. */
export interface Debit {
  readonly organizationId: string;
  readonly logId: string;
  /** 0 where nothing is owed, but something may have been reserved. */
  readonly costNanoUsd: NanoUsd;
  /** What it was for, as the ledger shows it. */
  readonly description: string;
}

const amountRow = z.object({ organizationId: z.uuid(), amountNanoUsd: z.string().transform(BigInt) });
type Amount = z.infer<typeof amountRow>;

/**
 * Appends usage to the ledger, takes it from the balances, and releases what was reserved for those calls. To be run inside the
 * transaction that writes the logs. A log that was debited before is left alone, so the balance stays the sum of the ledger.
 */
export async function debitUsage(debits: readonly Debit[], on: Queryable): Promise<void> {
  if (debits.length === 0) return;
  // Reservations before balances, as everywhere: whoever locks in one order never waits in a circle.
  const released = await takeReservations(debits, on);
  const used = await appendUsage(
    debits.filter(({ costNanoUsd }) => costNanoUsd !== 0n),
    on,
  );
  const expiring = await changeBalances(used, released, on);
  const owed = sumByOrganization(used);
  await spendLots(
    expiring.map((organizationId) => ({ organizationId, amountNanoUsd: -(owed.get(organizationId) ?? 0n) })),
    on,
  );
}

async function takeReservations(debits: readonly Debit[], on: Queryable): Promise<Amount[]> {
  return queryRows(
    sql`DELETE FROM "CreditReservation" AS held USING unnest(
          ${debits.map(({ organizationId }) => organizationId)}::uuid[], ${debits.map(({ logId }) => logId)}::uuid[]
        ) AS done ("organizationId", "id")
        WHERE held."organizationId" = done."organizationId" AND held."id" = done."id"
        RETURNING held."organizationId", held."heldNanoUsd"::text AS "amountNanoUsd"`,
    amountRow,
    on,
  );
}

async function appendUsage(debits: readonly Debit[], on: Queryable): Promise<Amount[]> {
  if (debits.length === 0) return [];
  return queryRows(
    sql`INSERT INTO "CreditTransaction" ("organizationId", "id", "type", "amountNanoUsd", "description", "logId")
        SELECT "organizationId", "id", 'usage', "amountNanoUsd", "description", "logId" FROM unnest(
          ${debits.map((debit) => debit.organizationId)}::uuid[], ${debits.map(() => uuidv7())}::uuid[],
          ${debits.map((debit) => String(-debit.costNanoUsd))}::bigint[],
          ${debits.map((debit) => debit.description)}::text[], ${debits.map((debit) => debit.logId)}::uuid[]
        ) AS debit ("organizationId", "id", "amountNanoUsd", "description", "logId")
        ON CONFLICT ("organizationId", "logId") DO NOTHING
        RETURNING "organizationId", "amountNanoUsd"::text AS "amountNanoUsd"`,
    amountRow,
    on,
  );
}

/** @returns the organizations that have credits which expire */
async function changeBalances(used: readonly Amount[], released: readonly Amount[], on: Queryable): Promise<string[]> {
  const usage = sumByOrganization(used);
  const freed = sumByOrganization(released);
  // In one order, so that two transactions never wait for each other's balance.
  const organizationIds = [...new Set([...usage.keys(), ...freed.keys()])].sort();
  if (organizationIds.length === 0) return [];
  const amounts = (sums: ReadonlyMap<string, bigint>) => organizationIds.map((id) => String(sums.get(id) ?? 0n));
  const rows = await queryRows(
    sql`INSERT INTO "CreditBalance" AS kept ("organizationId", "balanceNanoUsd", "reservedNanoUsd")
        SELECT "organizationId", "used", -"freed" FROM unnest(
          ${organizationIds}::uuid[], ${amounts(usage)}::bigint[], ${amounts(freed)}::bigint[]
        ) AS change ("organizationId", "used", "freed")
        ON CONFLICT ("organizationId") DO UPDATE
        SET "balanceNanoUsd" = kept."balanceNanoUsd" + excluded."balanceNanoUsd",
            "reservedNanoUsd" = kept."reservedNanoUsd" + excluded."reservedNanoUsd", "updatedAt" = now()
        RETURNING "organizationId", "nextExpiryAt" IS NOT NULL AS "expiring"`,
    z.object({ organizationId: z.uuid(), expiring: z.boolean() }),
    on,
  );
  return rows.filter(({ expiring }) => expiring).map(({ organizationId }) => organizationId);
}

function sumByOrganization(amounts: readonly Amount[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { organizationId, amountNanoUsd } of amounts) {
    sums.set(organizationId, (sums.get(organizationId) ?? 0n) + amountNanoUsd);
  }
  return sums;
}
