import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { countColumn, errors, nanoUsdColumn } from './columns';
import type { ModelRow } from './schema';
import { rollupsIn, type Scope } from './scope';

const row = z.object({
  model: z.string(),
  requests: countColumn,
  errors: countColumn,
  costNanoUsd: nanoUsdColumn,
  unpricedRequests: countColumn,
});

/** The models that cost the most, then those that were asked most. An empty name: requests refused before a model was known. */
export function topModels(ctx: Context, scope: Scope, limit = 8): Promise<ModelRow[]> {
  return queryRows(
    sql`SELECT "model", sum("requests") AS "requests", sum(${errors}) AS "errors", sum("costNanoUsd") AS "costNanoUsd", sum("unpricedRequests") AS "unpricedRequests"
        FROM "Rollup" WHERE ${rollupsIn(ctx, scope)}
        GROUP BY "model" ORDER BY sum("costNanoUsd") DESC, sum("requests") DESC, "model" LIMIT ${limit}`,
    row,
  );
}
