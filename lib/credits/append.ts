import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { type Queryable, queryRows, sql } from '@/lib/db/sql';
import type { NanoUsd } from '@/lib/money/nano-usd';
import { addLot, spendLots } from './lots';
import type { CreditType } from './schema';

/** A row of the ledger that no call made. */
export interface CreditEntry {
  readonly organizationId: string;
  readonly type: Exclude<CreditType, 'usage'>;
  /** Positive adds to the balance, negative takes from it. */
  readonly amountNanoUsd: NanoUsd;
  readonly description: string;
  readonly expiresAt?: Date | null;
  /** What it is entered for: a second entry with the same reference is none. */
  readonly reference?: string | null;
  readonly stripePaymentIntentId?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly createdById?: string | null;
}

export interface Appended {
  readonly id: string;
  /** False where the reference was entered before. */
  readonly isNew: boolean;
}

const idRow = z.object({ id: z.uuid() });
const balanceRow = z.object({ balance: z.string().transform(BigInt) });

/**
 * Enters a row into the ledger and changes the balance by it. To be run inside a transaction.
 * @param on a connection inside that transaction
 */
export async function appendCredit(entry: CreditEntry, on: Queryable): Promise<Appended> {
  const { organizationId, amountNanoUsd, expiresAt = null, reference = null } = entry;
  const metadata = entry.metadata ? JSON.stringify(entry.metadata) : null;
  const [added] = await queryRows(
    sql`INSERT INTO "CreditTransaction" ("organizationId", "id", "type", "amountNanoUsd", "description", "expiresAt",
          "reference", "stripePaymentIntentId", "metadata", "createdById")
        VALUES (${organizationId}::uuid, ${uuidv7()}::uuid, ${entry.type}, ${String(amountNanoUsd)}::bigint,
          ${entry.description}, ${expiresAt}, ${reference}, ${entry.stripePaymentIntentId ?? null}, ${metadata}::jsonb,
          ${entry.createdById ?? null}::uuid)
        ON CONFLICT ("organizationId", "reference") DO NOTHING RETURNING "id"`,
    idRow,
    on,
  );
  if (!added) return { id: await findByReference(organizationId, reference, on), isNew: false };
  const [kept] = await queryRows(
    sql`INSERT INTO "CreditBalance" AS kept ("organizationId", "balanceNanoUsd")
        VALUES (${organizationId}::uuid, ${String(amountNanoUsd)}::bigint)
        ON CONFLICT ("organizationId") DO UPDATE
        SET "balanceNanoUsd" = kept."balanceNanoUsd" + excluded."balanceNanoUsd", "updatedAt" = now()
        RETURNING "balanceNanoUsd"::text AS "balance"`,
    balanceRow,
    on,
  );
  if (amountNanoUsd < 0n) await spendLots([{ organizationId, amountNanoUsd: -amountNanoUsd }], on);
  else if (expiresAt)
    await addLot({ organizationId, id: added.id, amountNanoUsd: unspent(entry, kept), expiresAt }, on);
  return { id: added.id, isNew: true };
}

/** What pays a debt is used at once, and can't expire. */
function unspent({ amountNanoUsd }: CreditEntry, kept: z.infer<typeof balanceRow> | undefined): NanoUsd {
  const balance = kept?.balance ?? 0n;
  return balance < amountNanoUsd ? balance : amountNanoUsd;
}

async function findByReference(organizationId: string, reference: string | null, on: Queryable): Promise<string> {
  const [found] = await queryRows(
    sql`SELECT "id" FROM "CreditTransaction"
        WHERE "organizationId" = ${organizationId}::uuid AND "reference" = ${reference}`,
    idRow,
    on,
  );
  if (!found) throw new Error('An entry of the ledger was neither added nor found.');
  return found.id;
}
