import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { countColumn, errors, nanoUsdColumn } from './columns';
import type { KeyRow } from './schema';
import { rollupsIn, type Scope } from './scope';

const NO_KEY = '00000000-0000-0000-0000-000000000000';

const row = z.object({
  keyId: z.guid(),
  name: z.string().nullable(),
  requests: countColumn,
  errors: countColumn,
  costNanoUsd: nanoUsdColumn,
  unpricedRequests: countColumn,
});

/** The keys that spent the most, with their names; revoked ones included. */
export async function topKeys(ctx: Context, scope: Scope, limit = 8): Promise<KeyRow[]> {
  const rows = await queryRows(
    sql`WITH spent AS (
          SELECT "apiKeyId", sum("requests") AS "requests", sum(${errors}) AS "errors", sum("costNanoUsd") AS "costNanoUsd", sum("unpricedRequests") AS "unpricedRequests"
          FROM "Rollup" WHERE ${rollupsIn(ctx, scope)}
          GROUP BY "apiKeyId" ORDER BY sum("costNanoUsd") DESC, sum("requests") DESC, "apiKeyId" LIMIT ${limit}
        )
        SELECT spent."apiKeyId" AS "keyId", key."name", "requests", "errors", "costNanoUsd", "unpricedRequests"
        FROM spent LEFT JOIN "ApiKey" AS key
          ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = spent."apiKeyId"
        ORDER BY "costNanoUsd" DESC, "requests" DESC, spent."apiKeyId"`,
    row,
  );
  return rows.map(({ keyId, name, ...sums }) => ({
    keyId: keyId === NO_KEY ? null : keyId,
    name: name ?? (keyId === NO_KEY ? 'No key' : `Deleted key ${keyId.slice(-4)}`),
    ...sums,
  }));
}
