import { z } from 'zod';
import { execute, sql } from '@/lib/db/sql';

const LONGEST_ERROR = 300;
const storedId = z.uuid();

/**
 * Notes for people whether the calls with a key work; a key that keeps failing keeps the time it began.
 * Takes no context: the composition root tells what it saw with a key that it read from this table itself.
 * Of several processes, the last to write is believed. Credentials that came with a request are no rows, and leave none.
 * @param lastError how the last call failed, without secrets; null for a healthy key
 */
export async function recordHealth(
  integrationKeyId: string,
  health: 'healthy' | 'failing',
  lastError: string | null,
  at = new Date(),
): Promise<void> {
  if (!storedId.safeParse(integrationKeyId).success) return;
  await execute(
    sql`UPDATE "IntegrationKey" SET
          "healthChangedAt" = CASE WHEN "health" = ${health} THEN "healthChangedAt" ELSE ${at}::timestamptz END,
          "health" = ${health},
          "lastError" = ${lastError?.slice(0, LONGEST_ERROR) ?? null}
        WHERE "id" = ${integrationKeyId}::uuid`,
  );
}

/** What a key's row says after the provider has accepted it just now. */
export function accepted(at = new Date()) {
  return { verifiedAt: at, health: 'healthy', healthChangedAt: at, lastError: null };
}
