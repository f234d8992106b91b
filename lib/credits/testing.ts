import { z } from 'zod';
import { queryRows, sql } from '@/lib/db/sql';

const bigText = z.string().transform(BigInt);
const row = z.object({ balance: bigText, sum: bigText, reserved: bigText, held: bigText, entries: z.number() });

/** What an organization's rows say, side by side: the cached balance and the ledger's sum, the cached reservations and theirs. */
export async function ledgerOf(organizationId: string): Promise<z.infer<typeof row>> {
  const [found] = await queryRows(
    sql`SELECT
      coalesce((SELECT "balanceNanoUsd" FROM "CreditBalance" WHERE "organizationId" = ${organizationId}::uuid), 0)::text AS "balance",
      coalesce((SELECT "reservedNanoUsd" FROM "CreditBalance" WHERE "organizationId" = ${organizationId}::uuid), 0)::text AS "reserved",
      coalesce((SELECT sum("heldNanoUsd") FROM "CreditReservation" WHERE "organizationId" = ${organizationId}::uuid), 0)::text AS "held",
      coalesce(sum("amountNanoUsd"), 0)::text AS "sum", count(*)::int AS "entries"
      FROM "CreditTransaction" WHERE "organizationId" = ${organizationId}::uuid`,
    row,
  );
  if (!found) throw new Error('An aggregate has a row.');
  return found;
}
