import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { countColumn, nanoUsdColumn } from './columns';
import type { Series } from './schema';
import { type Breakdown, rollupsIn, type Scope } from './scope';

/** How many get a series of their own. */
const SHOWN = 7;

const row = z.object({ at: z.date(), value: z.string(), requests: countColumn, costNanoUsd: nanoUsdColumn });
type Row = z.infer<typeof row>;

/** Cost in dollars and requests a bucket, broken down: the seven largest of each, largest first, and the rest as one. */
export async function breakdownOverTime(
  ctx: Context,
  scope: Scope,
  by: Breakdown,
): Promise<{ cost: Series[]; requests: Series[] }> {
  const { from, where, value } = rollupsIn(ctx, scope, by);
  const rows = await queryRows(
    sql`SELECT ${scope.window.bucket} AS "at", ${value} AS "value", sum("requests") AS "requests", sum("costNanoUsd") AS "costNanoUsd"
        FROM ${from} WHERE ${where} GROUP BY 1, 2`,
    row,
  );
  return {
    cost: largest(rows, scope, (found) => nanoUsdToNumber(BigInt(found.costNanoUsd))),
    requests: largest(rows, scope, (found) => found.requests),
  };
}

function largest(rows: readonly Row[], scope: Scope, amountOf: (row: Row) => number): Series[] {
  const totals = new Map<string, number>();
  for (const found of rows) totals.set(found.value, (totals.get(found.value) ?? 0) + amountOf(found));
  const ranked = [...totals]
    .filter(([, total]) => total > 0)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .map(([value]) => value);
  // One past the limit keeps its name: "other" would only hide it.
  const named = ranked.length === SHOWN + 1 ? ranked : ranked.slice(0, SHOWN);
  const position = new Map(scope.window.buckets.map((bucket, index) => [bucket.getTime(), index]));
  const series = new Map<string | null, Series>();
  for (const id of named) series.set(id, { id, values: scope.window.buckets.map(() => 0) });
  if (ranked.length > named.length) series.set(null, { id: null, values: scope.window.buckets.map(() => 0) });
  for (const found of rows) {
    const at = position.get(found.at.getTime());
    const target = series.get(found.value) ?? series.get(null);
    if (at !== undefined && target) target.values[at] = (target.values[at] ?? 0) + amountOf(found);
  }
  return [...series.values()];
}
