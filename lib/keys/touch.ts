import { execute, sql } from '@/lib/db/sql';

export interface KeyUse {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly usedAt: Date;
}

/** Records when keys were last used, in one statement; an older time never overwrites a newer one. For the server alone. */
export async function touchKeys(uses: readonly KeyUse[]): Promise<void> {
  if (uses.length === 0) return;
  await execute(sql`
    UPDATE "ApiKey" AS k SET "lastUsedAt" = GREATEST(k."lastUsedAt", u."usedAt")
    FROM (
      SELECT "organizationId", "id", max("usedAt") AS "usedAt"
      FROM unnest(
        ${uses.map((use) => use.organizationId)}::uuid[],
        ${uses.map((use) => use.apiKeyId)}::uuid[],
        ${uses.map((use) => use.usedAt.toISOString())}::timestamptz[]
      ) AS t ("organizationId", "id", "usedAt")
      GROUP BY 1, 2
    ) AS u
    WHERE k."organizationId" = u."organizationId" AND k."id" = u."id"`);
}
