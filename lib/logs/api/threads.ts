import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { queryRows, sql } from '@/lib/db/sql';
import { compileFilters, type LogQuery } from '../filters/compile';

export const logThread = z.object({
  thread_identifier: z.string(),
  environment: z.enum(['prod', 'test']),
  log_count: z.number().int(),
  last_log_id: z.guid(),
  total_cost: z.number().meta({ description: 'Dollars.' }),
});

const row = z.object({
  thread_identifier: z.string(),
  environment: z
    .enum(['production', 'test'])
    .transform((name) => (name === 'test' ? ('test' as const) : ('prod' as const))),
  log_count: z.coerce.number().int(),
  last_log_id: z.guid(),
  total_cost: z.string().transform((nano) => Number(nano) / 1e9),
});

/**
 * The threads that a query's logs belong to, the one that was continued last first.
 * @throws AppError invalid_input where it would take too long
 */
export function listThreads(
  ctx: Context,
  query: LogQuery,
  { page, page_size }: { page: number; page_size: number },
): Promise<z.output<typeof logThread>[]> {
  return patiently((on) =>
    queryRows(
      sql`SELECT log."threadIdentifier" AS "thread_identifier", log."environment", count(*) AS "log_count",
            max(log."id"::text) AS "last_log_id", coalesce(sum(log."costNanoUsd"), 0)::text AS "total_cost"
          FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)} AND log."threadIdentifier" IS NOT NULL
          GROUP BY 1, 2 ORDER BY 4 DESC LIMIT ${page_size} OFFSET ${(page - 1) * page_size}`,
      row,
      on,
    ),
  );
}
