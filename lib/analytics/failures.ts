import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { join, queryRows, sql } from '@/lib/db/sql';
import { countColumn } from './columns';
import { FAILURE_CAUSES, type FailureRow } from './schema';
import { piecesOf, type Scope } from './scope';

const row = z.object({ outcome: z.string(), requests: countColumn });

/**
 * How many requests failed with each status code and whose fault it was, most first. Status codes are not counted by model
 * and key: under such a filter there are none.
 */
export async function failures(ctx: Context, { window, environment, model, key }: Scope): Promise<FailureRow[]> {
  if (model !== undefined || key !== undefined) return [];
  const found = await queryRows(
    sql`SELECT "value" AS "outcome", sum("requests") AS "requests" FROM "DimensionRollup"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "environment" = ${environment}::"Environment"
          AND "dimension" = 'status' AND (${join(
            piecesOf(window, window).map(
              ({ granularity, from, to }) =>
                sql`("granularity" = ${granularity} AND "bucketAt" >= ${from} AND "bucketAt" < ${to})`,
            ),
            ' OR ',
          )})
        GROUP BY 1 ORDER BY 2 DESC, 1`,
    row,
  );
  return found.flatMap(({ outcome, requests }) => {
    const [cause, statusCode] = outcome.split('/');
    const known = FAILURE_CAUSES.find((one) => one === cause);
    return known ? [{ cause: known, statusCode: Number(statusCode), requests }] : [];
  });
}
