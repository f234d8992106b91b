import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import type { KeyUsage } from '@/lib/integrations/schema';
import { firstIdAt } from './partitions';

const DAY_MS = 86_400_000;

const usageRow = z.object({
  credentialId: z.string(),
  requests: z.coerce.number(),
  costNanoUsd: z.string(),
  unpriced: z.coerce.number(),
});

/**
 * What each of these provider keys was used for since midnight UTC, by key id. Read from the logs themselves, over the
 * index by credential, because rollups don't tell credentials apart. A key without requests has no entry.
 */
export async function usageToday(
  ctx: Context,
  integrationKeyIds: readonly string[],
  now = new Date(),
): Promise<Record<string, KeyUsage>> {
  if (integrationKeyIds.length === 0) return {};
  const midnight = new Date(now.getTime() - (now.getTime() % DAY_MS));
  const rows = await queryRows(
    sql`SELECT "credentialId", count(*) AS "requests", coalesce(sum("costNanoUsd"), 0)::text AS "costNanoUsd",
          count(*) FILTER (WHERE "costNanoUsd" IS NULL AND "status" = 'success') AS "unpriced"
        FROM "RequestLog"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "credentialId" = ANY(${[...integrationKeyIds]}::uuid[])
          AND "id" >= ${firstIdAt(midnight)}::uuid
        GROUP BY "credentialId"`,
    usageRow,
  );
  return Object.fromEntries(rows.map(({ credentialId, ...usage }) => [credentialId, usage]));
}
