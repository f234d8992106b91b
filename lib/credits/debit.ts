import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { execute, type Queryable, queryRows, sql } from '@/lib/db/sql';
import type { NanoUsd } from '@/lib/money/nano-usd';

/** What one log owes. */
export interface Debit {
  readonly organizationId: string;
  readonly logId: string;
  readonly costNanoUsd: NanoUsd;
  /** What it was for, as the ledger shows it. */
  readonly description: string;
}

const appended = z.object({ organizationId: z.uuid(), amountNanoUsd: z.string().transform(BigInt) });

/**
 * Appends usage to the ledger and takes it from the balances. To be run inside the transaction that writes the logs.
 * A log that was debited before is left alone, so the balance stays the sum of the ledger.
 */
export async function debitUsage(debits: readonly Debit[], on: Queryable): Promise<void> {
  if (debits.length === 0) return;
  const entries = await queryRows(
    sql`INSERT INTO "CreditTransaction" ("organizationId", "id", "type", "amountNanoUsd", "description", "logId")
        SELECT "organizationId", "id", 'usage', "amountNanoUsd", "description", "logId" FROM unnest(
          ${debits.map((debit) => debit.organizationId)}::uuid[], ${debits.map(() => uuidv7())}::uuid[],
          ${debits.map((debit) => String(-debit.costNanoUsd))}::bigint[],
          ${debits.map((debit) => debit.description)}::text[], ${debits.map((debit) => debit.logId)}::uuid[]
        ) AS debit ("organizationId", "id", "amountNanoUsd", "description", "logId")
        ON CONFLICT ("organizationId", "logId") DO NOTHING
        RETURNING "organizationId", "amountNanoUsd"::text AS "amountNanoUsd"`,
    appended,
    on,
  );
  await addToBalances(entries, on);
}

async function addToBalances(entries: readonly z.infer<typeof appended>[], on: Queryable): Promise<void> {
  if (entries.length === 0) return;
  const sums = new Map<string, bigint>();
  for (const { organizationId, amountNanoUsd } of entries) {
    sums.set(organizationId, (sums.get(organizationId) ?? 0n) + amountNanoUsd);
  }
  // In one order, so that two transactions never wait for each other's balance.
  const organizationIds = [...sums.keys()].sort();
  await execute(
    sql`INSERT INTO "CreditBalance" AS kept ("organizationId", "balanceNanoUsd")
        SELECT * FROM unnest(${organizationIds}::uuid[], ${organizationIds.map((id) => String(sums.get(id)))}::bigint[])
        ON CONFLICT ("organizationId") DO UPDATE
        SET "balanceNanoUsd" = kept."balanceNanoUsd" + excluded."balanceNanoUsd", "updatedAt" = now()`,
    on,
  );
}
