import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { countColumn, errors, nanoUsdColumn } from './columns';
import type { RankedRow } from './schema';
import { type Breakdown, rollupsOver, type Scope } from './scope';

const row = z.object({
  id: z.string(),
  requests: countColumn,
  errors: countColumn,
  costNanoUsd: nanoUsdColumn,
  unpricedRequests: countColumn,
});

/** What cost the most, then what was asked most. An empty id: requests that were refused before it was known. */
export function ranking(ctx: Context, scope: Scope, by: Breakdown, limit = 8): Promise<RankedRow[]> {
  const { from, where, value } = rollupsOver(ctx, scope, by);
  return queryRows(
    sql`SELECT ${value} AS "id", sum("requests") AS "requests", sum(${errors}) AS "errors",
          sum("costNanoUsd") AS "costNanoUsd", sum("unpricedRequests") AS "unpricedRequests"
        FROM ${from} WHERE ${where}
        GROUP BY 1 ORDER BY sum("costNanoUsd") DESC, sum("requests") DESC, 1 LIMIT ${limit}`,
    row,
  );
}
