import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { join, queryRows, sql } from '@/lib/db/sql';
import { countColumn, nanoUsdColumn } from './columns';
import { resolveEnvironment } from './environment';
import type { DashboardFilters, TopCustomers } from './schema';
import { piecesOf } from './scope';
import { windowOf } from './window';

const HOUR_MS = 3_600_000;

const row = z.object({
  id: z.string(),
  requests: countColumn,
  errors: countColumn,
  costNanoUsd: nanoUsdColumn,
  unpricedRequests: countColumn,
});

/**
 * The customers that cost the most, by the hour: the last hour reaches back to where its first clock hour began. Asked apart
 * from the rest of the dashboard, because customers are thousands. They are not told apart by model and key: under such a
 * filter there are none.
 */
export async function topCustomers(
  ctx: Context,
  filters: DashboardFilters & { timeZone: string },
  now = new Date(),
  limit = 8,
): Promise<TopCustomers> {
  if (filters.model !== undefined || filters.key !== undefined) return { rows: [], since: null };
  const { environment } = await resolveEnvironment(ctx, filters.environment);
  const window = windowOf(filters.range, now, filters.timeZone);
  const from = new Date(Math.floor(window.from.getTime() / HOUR_MS) * HOUR_MS);
  const pieces = piecesOf({ granularity: 'hour' }, { from, to: window.to });
  const rows = await queryRows(
    sql`SELECT "customer" AS "id", sum("requests") AS "requests", sum("errors") AS "errors",
          sum("costNanoUsd") AS "costNanoUsd", sum("unpricedRequests") AS "unpricedRequests"
        FROM "CustomerRollup"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "environment" = ${environment}::"Environment" AND (${join(
          pieces.map(
            (piece) =>
              sql`("granularity" = ${piece.granularity} AND "bucketAt" >= ${piece.from} AND "bucketAt" < ${piece.to})`,
          ),
          ' OR ',
        )})
        GROUP BY 1 ORDER BY sum("costNanoUsd") DESC, sum("requests") DESC, 1 LIMIT ${limit}`,
    row,
  );
  return { rows, since: from.getTime() };
}
