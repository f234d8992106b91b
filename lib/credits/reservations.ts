import { z } from 'zod';
import { execute, queryRows, type Sql, sql } from '@/lib/db/sql';
import type { CreditHold } from '@/lib/gateway/ports';

/** What calls under way may still cost, set aside so that no two spend the same. Each function is one statement, atomic among processes. */

/** A reservation that is not renewed for this long was left by a process that died. */
export const RESERVED_FOR_S = 120;
/** How much of what is free one call may take beyond what it needs. */
const SHARE = 4;

const bigText = z.string().transform(BigInt);
const foundRow = z.object({
  balance: bigText,
  reserved: bigText,
  due: z.boolean(),
  granted: bigText.nullable(),
});

export interface Reserved {
  readonly balanceNanoUsd: bigint;
  /** Held by all calls, before this one. */
  readonly reservedNanoUsd: bigint;
  /** Credits have expired that are not yet taken from the balance: nothing is granted until they are. */
  readonly expiryDue: boolean;
  /** Null where there was less than is needed. */
  readonly grantedNanoUsd: bigint | null;
}

const heldUntil = (): Sql => sql`now() + ${RESERVED_FOR_S} * interval '1 second'`;

/**
 * The last credits may go to a call that needs a little more: what it needs is an estimate, and nothing else would ever use them.
 */
export function leastFor(neededNanoUsd: bigint): bigint {
  return neededNanoUsd - neededNanoUsd / 10n;
}

/** Sets aside what a call needs, and up to what it wants of what is plenty. Adds to what the call holds already. */
export async function tryReserve({ organizationId, id, neededNanoUsd, wantedNanoUsd }: CreditHold): Promise<Reserved> {
  const needed = String(neededNanoUsd);
  const [found] = await queryRows(
    sql`WITH found AS (
          SELECT "balanceNanoUsd" AS balance, "reservedNanoUsd" AS reserved,
            coalesce("nextExpiryAt" <= now(), false) AS due, "balanceNanoUsd" - "reservedNanoUsd" AS free
          FROM "CreditBalance" WHERE "organizationId" = ${organizationId}::uuid FOR UPDATE
        ), granted AS (
          SELECT least(${String(wantedNanoUsd)}::bigint, free, greatest(${needed}::bigint, free / ${SHARE}::int)) AS amount
          FROM found
          WHERE free > 0 AND NOT due AND (free >= ${needed}::bigint OR (reserved <= 0 AND free >= ${String(leastFor(neededNanoUsd))}::bigint))
        ), taken AS (
          UPDATE "CreditBalance" SET "reservedNanoUsd" = "reservedNanoUsd" + granted.amount
          FROM granted WHERE "organizationId" = ${organizationId}::uuid
        ), held AS (
          INSERT INTO "CreditReservation" AS kept ("organizationId", "id", "heldNanoUsd", "expiresAt")
          SELECT ${organizationId}::uuid, ${id}::uuid, amount, ${heldUntil()} FROM granted
          ON CONFLICT ("organizationId", "id") DO UPDATE
          SET "heldNanoUsd" = kept."heldNanoUsd" + excluded."heldNanoUsd", "expiresAt" = excluded."expiresAt"
        )
        SELECT balance::text, reserved::text, due, granted.amount::text AS granted FROM found LEFT JOIN granted ON true`,
    foundRow,
  );
  return {
    balanceNanoUsd: found?.balance ?? 0n,
    reservedNanoUsd: found?.reserved ?? 0n,
    expiryDue: found?.due ?? false,
    grantedNanoUsd: found?.granted ?? null,
  };
}

const amountRow = z.object({ amount: bigText });

/**
 * Sets aside more for a call under way: up to what it wants, or all that is left.
 * @returns what was added; 0 where nothing is left, or the reservation is gone
 */
export async function extendReservation({
  organizationId,
  id,
  neededNanoUsd,
  wantedNanoUsd,
}: CreditHold): Promise<bigint> {
  // The reservation is locked before the balance, as by the writer of logs.
  const [added] = await queryRows(
    sql`WITH mine AS (
          SELECT "id" FROM "CreditReservation"
          WHERE "organizationId" = ${organizationId}::uuid AND "id" = ${id}::uuid FOR UPDATE
        ), found AS (
          SELECT "balanceNanoUsd" - "reservedNanoUsd" AS free FROM "CreditBalance"
          WHERE "organizationId" = ${organizationId}::uuid AND EXISTS (SELECT FROM mine) FOR UPDATE
        ), granted AS (
          SELECT least(${String(wantedNanoUsd)}::bigint, free, greatest(${String(neededNanoUsd)}::bigint, free / ${SHARE}::int)) AS amount
          FROM found WHERE free > 0
        ), taken AS (
          UPDATE "CreditBalance" SET "reservedNanoUsd" = "reservedNanoUsd" + granted.amount
          FROM granted WHERE "organizationId" = ${organizationId}::uuid
        )
        UPDATE "CreditReservation" SET "heldNanoUsd" = "heldNanoUsd" + granted.amount, "expiresAt" = ${heldUntil()}
        FROM granted WHERE "organizationId" = ${organizationId}::uuid AND "id" = ${id}::uuid
        RETURNING granted.amount::text AS "amount"`,
    amountRow,
  );
  return added?.amount ?? 0n;
}

/** Gives back a part of what a call holds, because it will not need it. */
export async function giveBack(organizationId: string, id: string, amountNanoUsd: bigint): Promise<boolean> {
  const amount = String(amountNanoUsd);
  const changed = await execute(
    sql`WITH mine AS (
          UPDATE "CreditReservation" SET "heldNanoUsd" = "heldNanoUsd" - ${amount}::bigint
          WHERE "organizationId" = ${organizationId}::uuid AND "id" = ${id}::uuid AND "heldNanoUsd" >= ${amount}::bigint
          RETURNING "id"
        )
        UPDATE "CreditBalance" SET "reservedNanoUsd" = "reservedNanoUsd" - ${amount}::bigint
        WHERE "organizationId" = ${organizationId}::uuid AND EXISTS (SELECT FROM mine)`,
  );
  return changed > 0;
}

/** Says that these calls are still under way. What the log writer has locked just now is over anyway. */
export async function renewReservations(held: readonly Pick<CreditHold, 'organizationId' | 'id'>[]): Promise<void> {
  if (held.length === 0) return;
  await execute(
    sql`UPDATE "CreditReservation" AS kept SET "expiresAt" = ${heldUntil()}
        FROM (
          SELECT mine."organizationId", mine."id" FROM "CreditReservation" AS mine
          JOIN unnest(
            ${held.map(({ organizationId }) => organizationId)}::uuid[], ${held.map(({ id }) => id)}::uuid[]
          ) AS live ("organizationId", "id") ON live."organizationId" = mine."organizationId" AND live."id" = mine."id"
          FOR UPDATE OF mine SKIP LOCKED
        ) AS live
        WHERE kept."organizationId" = live."organizationId" AND kept."id" = live."id"`,
  );
}

/** Releases what processes that died have left. */
export async function releaseAbandoned(now = new Date()): Promise<void> {
  const due = await queryRows(
    sql`SELECT DISTINCT "organizationId" FROM "CreditReservation" WHERE "expiresAt" < ${now} LIMIT 1000`,
    z.object({ organizationId: z.uuid() }),
  );
  for (const { organizationId } of due) {
    await execute(
      sql`WITH dead AS (
            DELETE FROM "CreditReservation"
            WHERE "organizationId" = ${organizationId}::uuid AND "expiresAt" < ${now} RETURNING "heldNanoUsd"
          )
          UPDATE "CreditBalance"
          SET "reservedNanoUsd" = "reservedNanoUsd" - (SELECT coalesce(sum("heldNanoUsd"), 0) FROM dead)
          WHERE "organizationId" = ${organizationId}::uuid`,
    );
  }
}
