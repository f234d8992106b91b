import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { empty, type Queryable, queryRows, type Sql, sql } from '@/lib/db/sql';
import { conversationOf } from './conversation';
import { compileScope, compileWhere, type LogQuery } from './filters/compile';
import { textCondition } from './filters/conditions';
import type { Walk } from './filters/find';
import { getPayload } from './payloads';
import { spokenText } from './spoken-text';
import { storable } from './storable';

/*
 * Text search without a search index, on purpose. Measured on PostgreSQL 18 with bodies of 2 kB: a GIN index over words costs
 * 0.5 ms of the database's CPU and 0.9 kB a log, several times what writing the log itself costs. Reading the first lines of
 * prompt, reply and error of the 132,000 logs that a large organization makes in a day takes 85 ms, and comparing them
 * 240 ms more on two busy cores; most words are found much earlier. Whole bodies are read newest first, a fifth of a
 * second's worth at a time, and only when asked for.
 */

/** Looked through first: a common word is here. */
const RECENT_ROWS = 4000;
/** How long one search through bodies goes on before it says how far it came. */
const BODIES_MS = 200;
/** Read between two looks at the clock, so that the process goes on serving others. */
const BODIES_A_STEP = 24;

export interface Found {
  readonly ids: readonly string[];
  /** Where to go on from; null where everything was looked through. */
  readonly next: string | null;
}

/**
 * The logs of a query whose first lines (of prompt, reply or error) hold a text, in the order of the walk. Case does not matter.
 * @throws AppError invalid_input where the search would take too long
 */
export async function searchFirstLines(ctx: Context, query: LogQuery, text: string, walk: Walk): Promise<Found> {
  const order = ORDER[walk.direction];
  const scope = sql`${compileScope(ctx, query)} ${after(walk)}`;
  const matching = sql`${firstLinesHold(text)} AND ${compileWhere(ctx, query.filters)}`;
  const page = sql`ORDER BY "id" ${order} LIMIT ${walk.limit}`;
  const near = sql`SELECT * FROM "RequestLog" AS log WHERE ${scope} ORDER BY log."id" ${order} LIMIT ${RECENT_ROWS}`;
  const ids = await patiently(async (on) => {
    const found = await idsOf(sql`SELECT "id" FROM (${near}) AS log WHERE ${matching} ${page}`, on);
    if (found.length === walk.limit) return found;
    const everywhere = sql`SELECT log."id" FROM "RequestLog" AS log WHERE ${scope} AND ${matching} OFFSET 0`;
    return idsOf(sql`SELECT "id" FROM (${everywhere}) AS log ${page}`, on);
  });
  return { ids, next: ids.length === walk.limit ? (ids.at(-1) ?? null) : null };
}

/**
 * The same for whole prompts and replies, as they are shown. Ends after a fifth of a second with what it has and where to go on.
 */
export async function searchBodies(ctx: Context, query: LogQuery, text: string, walk: Walk): Promise<Found> {
  const until = performance.now() + BODIES_MS;
  const wanted = text.toLowerCase();
  const ids: string[] = [];
  let from = walk.from;
  while (ids.length < walk.limit && performance.now() < until) {
    const step = await candidates(ctx, query, text, { ...walk, from, limit: BODIES_A_STEP });
    for (const { id, holds } of step) {
      if (ids.length === walk.limit) break;
      if (holds || (await bodyHolds(ctx, id, wanted))) ids.push(id);
      from = id;
    }
    if (step.length < BODIES_A_STEP && ids.length < walk.limit) return { ids, next: null };
  }
  return { ids, next: from };
}

const ORDER = { older: sql`DESC`, newer: sql`ASC` };

function firstLinesHold(text: string): Sql {
  const holds = (column: Sql) => textCondition(column, 'icontains', [storable(text)]);
  return sql`(${holds(sql`log."promptPreview"`)} OR ${holds(sql`log."replyPreview"`)} OR ${holds(sql`log."errorMessage"`)})`;
}

function candidates(ctx: Context, query: LogQuery, text: string, walk: Walk) {
  return queryRows(
    sql`SELECT log."id", coalesce(${firstLinesHold(text)}, FALSE) AS "holds" FROM "RequestLog" AS log
        WHERE ${compileScope(ctx, query)} ${after(walk)} AND ${compileWhere(ctx, query.filters)}
        ORDER BY log."id" ${ORDER[walk.direction]} LIMIT ${walk.limit}`,
    z.object({ id: z.guid(), holds: z.boolean() }),
  );
}

async function bodyHolds(ctx: Context, id: string, wanted: string): Promise<boolean> {
  const payload = await getPayload(ctx, id);
  if (!payload) return false;
  return spokenText(conversationOf(payload)).toLowerCase().includes(wanted);
}

function after({ direction, from }: Walk): Sql {
  if (from === null) return empty;
  return direction === 'older' ? sql`AND log."id" < ${from}::uuid` : sql`AND log."id" > ${from}::uuid`;
}

async function idsOf(statement: Sql, on: Queryable): Promise<string[]> {
  return (await queryRows(statement, z.object({ id: z.guid() }), on)).map(({ id }) => id);
}
