import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { empty, type Queryable, queryRows, type Sql, sql } from '@/lib/db/sql';
import { firstIdAt } from '../partitions';
import { compileFilters, compileScope, compileWhere, type LogQuery } from './compile';

/** A way through the logs by id, which is by time. */
export interface Walk {
  /** `older` goes from new to old. */
  readonly direction: 'older' | 'newer';
  /** The id to go on from, itself left out; null to begin at the end. */
  readonly from: string | null;
  readonly limit: number;
  /** How many to pass over first. Costs as much as reading them: go on by id where that is possible. */
  readonly skip?: number;
}

/** What is looked through before an index is asked: most filters fill a page here, in a few milliseconds. */
const RECENT_ROWS = 4000;
/** With so many found there, how far the rest of the page is can be reckoned. */
const TELLING = 3;
/** Values are not spread evenly: so many times the stretch that should do. */
const MARGIN = 2.5;

/**
 * The ids of the logs that a query means, in the order of the walk.
 *
 * A page of a common value is near: it is found by walking. A rare one is found by its index, and sorting the few it gives.
 * Which of the two it is the database can only guess, and guessing wrong reads a month to fill a page. So it is asked for
 * each in turn, and can choose neither: the first is bounded by a limit inside, the others are kept from walking by OFFSET 0.
 * @throws AppError invalid_input where the search would take too long
 */
export async function findLogIds(ctx: Context, query: LogQuery, walk: Walk): Promise<string[]> {
  const order = ORDER[walk.direction];
  const page = sql`ORDER BY "id" ${order} LIMIT ${walk.limit} ${walk.skip ? sql`OFFSET ${walk.skip}` : empty}`;
  const scope = sql`${compileScope(ctx, query)} ${after(walk)}`;
  if (query.filters.length === 0) return ids(sql`SELECT "id" FROM "RequestLog" AS log WHERE ${scope} ${page}`);
  const recent = sql`SELECT * FROM "RequestLog" AS log WHERE ${scope} ORDER BY log."id" ${order} LIMIT ${RECENT_ROWS}`;
  const near = await ids(sql`SELECT "id" FROM (${recent}) AS log WHERE ${compileWhere(ctx, query.filters)} ${page}`);
  if (near.length === walk.limit) return near;
  const matching = sql`SELECT log."id" FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)} ${after(walk)}`;
  return patiently(async (on) => {
    const byIndex = (until: Sql) => ids(sql`SELECT "id" FROM (${matching} ${until} OFFSET 0) AS log ${page}`, on);
    if (near.length >= TELLING && !walk.skip) {
      const last = await ids(sql`SELECT "id" FROM (${recent}) AS log OFFSET ${RECENT_ROWS - 1}`, on);
      if (!last[0]) return near;
      const slice = await byIndex(until(walk, reckon(near, last[0], walk)));
      if (slice.length === walk.limit) return slice;
    }
    return byIndex(empty);
  });
}

/** The id up to which a page should be found, judged by how far apart those are that were. */
function reckon(near: readonly string[], last: string, { limit, from }: Walk): string {
  const begin = timeOf(from ?? near[0] ?? last);
  const stretchMs = (timeOf(last) - begin) * (limit / near.length) * MARGIN;
  return firstIdAt(new Date(Math.max(0, begin + Math.trunc(stretchMs))));
}

function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/**
 * How many logs a query means, counted no further than so many.
 * @throws AppError invalid_input where counting would take too long
 */
export async function countLogs(ctx: Context, query: LogQuery, atMost: number): Promise<number> {
  const matching = sql`SELECT FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)} LIMIT ${atMost}`;
  const [counted] = await patiently((on) =>
    queryRows(sql`SELECT count(*)::int AS "count" FROM (${matching}) AS log`, z.object({ count: z.number() }), on),
  );
  return counted?.count ?? 0;
}

const ORDER = { older: sql`DESC`, newer: sql`ASC` };
const row = z.object({ id: z.guid() });

async function ids(statement: Sql, on?: Queryable): Promise<string[]> {
  const rows = await queryRows(statement, row, on);
  return rows.map(({ id }) => id);
}

function until({ direction }: Walk, id: string): Sql {
  return direction === 'older' ? sql`AND log."id" >= ${id}::uuid` : sql`AND log."id" < ${id}::uuid`;
}

function after({ direction, from }: Walk): Sql {
  if (from === null) return empty;
  return direction === 'older' ? sql`AND log."id" < ${from}::uuid` : sql`AND log."id" > ${from}::uuid`;
}
