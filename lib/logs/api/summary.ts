import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { queryRows, sql } from '@/lib/db/sql';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { COLUMNS } from '../filters/columns';
import { compileFilters, type LogQuery } from '../filters/compile';

export const logSummary = z.object({
  total_cost: z.number().meta({ description: 'Dollars. Logs whose price is not known count nothing.' }),
  total_tokens: z.number().int(),
  number_of_requests: z.number().int(),
  scores: z.record(z.string(), z.number()),
});

const row = z.object({ cost: z.string(), tokens: z.coerce.number(), requests: z.coerce.number() });

/**
 * What the logs of a query cost and used, exactly.
 * @throws AppError invalid_input where it would take too long
 */
export async function summarizeLogs(ctx: Context, query: LogQuery): Promise<z.input<typeof logSummary>> {
  const [sums] = await patiently((on) =>
    queryRows(
      sql`SELECT coalesce(sum(log."costNanoUsd"), 0)::text AS "cost", count(*) AS "requests",
            coalesce(sum(coalesce(${COLUMNS.prompt_tokens.sql}, 0) + coalesce(log."outputTokens", 0)), 0) AS "tokens"
          FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)}`,
      row,
      on,
    ),
  );
  return {
    total_cost: nanoUsdToNumber(BigInt(sums?.cost ?? '0')),
    total_tokens: sums?.tokens ?? 0,
    number_of_requests: sums?.requests ?? 0,
    scores: {},
  };
}
