import { z } from 'zod';
import { queryRows, sql } from '@/lib/db/sql';

/**
 * An organization's balance in nano-dollars. Takes no context: the composition root asks, for a caller whose API key it has checked.
 */
export async function balanceOf(organizationId: string): Promise<bigint> {
  const [row] = await queryRows(
    sql`SELECT "balanceNanoUsd" AS balance FROM "CreditBalance" WHERE "organizationId" = ${organizationId}`,
    z.object({ balance: z.coerce.bigint() }),
  );
  return row?.balance ?? 0n;
}
