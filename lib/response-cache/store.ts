import { z } from 'zod';
import { execute, queryRows, sql } from '@/lib/db/sql';
import type { CachedAnswer } from '@/lib/gateway/ports';

const rowSchema = z.object({ contentType: z.string(), provider: z.string().nullable(), body: z.instanceof(Buffer) });

/** Takes no context: the composition root asks, for a caller whose API key it has checked. */
export async function findCached(organizationId: string, digest: Buffer): Promise<CachedAnswer | null> {
  const [row] = await queryRows(
    sql`SELECT "contentType", "provider", "body" FROM "CachedResponse"
      WHERE "organizationId" = ${organizationId} AND "digest" = ${digest} AND "expiresAt" > now()`,
    rowSchema,
  );
  return row ?? null;
}

/** Keeps an answer, in place of an older one to the same question. */
export async function keepCached(
  organizationId: string,
  digest: Buffer,
  answer: CachedAnswer,
  ttlSeconds: number,
): Promise<void> {
  await execute(sql`
    INSERT INTO "CachedResponse" ("organizationId", "digest", "contentType", "provider", "body", "expiresAt")
    VALUES (${organizationId}, ${digest}, ${answer.contentType}, ${answer.provider}, ${answer.body}, now() + make_interval(secs => ${ttlSeconds}))
    ON CONFLICT ("organizationId", "digest") DO UPDATE
      SET "contentType" = excluded."contentType", "provider" = excluded."provider", "body" = excluded."body", "createdAt" = now(), "expiresAt" = excluded."expiresAt"`);
}

/** Removes what has expired, a bounded number of rows at a time. @returns how many went */
export function removeExpired(limit = 1000): Promise<number> {
  return execute(sql`
    DELETE FROM "CachedResponse" WHERE ("organizationId", "digest") IN (
      SELECT "organizationId", "digest" FROM "CachedResponse" WHERE "expiresAt" <= now() LIMIT ${limit}
    )`);
}
