import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { join, type Queryable, queryRows, type Sql, sql } from '@/lib/db/sql';
import { asText } from './columns';
import { compileFilters, compileScope, compileWhere, type LogQuery } from './compile';
import { hasRollup, rolledUpFacet } from './facets-rollup';
import type { Facet, FilterField } from './schema';

const VALUES = 50;
/** Looked through for counts, newest first. */
const SAMPLE_ROWS = 20_000;
/** From so many on, the newest tell enough about the rest. */
const ENOUGH = 1000;

/**
 * What there is to filter by, with counts. A field's own filter is left out of its facet, so that its other values can be
 * chosen instead. Without other filters the counts come from rollups; with them from the newest logs that match.
 * @param fields text, ids, booleans; of numbers only the few with few values
 */
export async function facets(ctx: Context, query: LogQuery, fields: readonly FilterField[]): Promise<Facet[]> {
  const asked = [...new Set(fields)].map((field) => ({ field, query: without(query, field) }));
  const rolledUp = asked.filter(({ field, query: { filters } }) => filters.length === 0 && hasRollup(field));
  const counted = asked.filter((one) => !rolledUp.includes(one));
  const [fromRollups, fromLogs] = await Promise.all([
    Promise.all(rolledUp.map(({ field, query }) => rolledUpFacet(ctx, query, field, VALUES))),
    Promise.all([...grouped(counted)].map(([query, together]) => countedFacets(ctx, query, together))),
  ]);
  const found = new Map([...fromRollups, ...fromLogs.flat()].map((facet) => [facet.field, facet]));
  return fields.flatMap((field) => found.get(field) ?? []);
}

/** The same object where there is nothing to leave out, so that such fields can be counted together. */
function without(query: LogQuery, field: FilterField): LogQuery {
  const filters = query.filters.filter((filter) => filter.field !== field);
  return filters.length === query.filters.length ? query : { ...query, filters };
}

function grouped(asked: readonly { field: FilterField; query: LogQuery }[]): Map<LogQuery, FilterField[]> {
  const groups = new Map<LogQuery, FilterField[]>();
  for (const { field, query } of asked) groups.set(query, [...(groups.get(query) ?? []), field]);
  return groups;
}

async function countedFacets(ctx: Context, query: LogQuery, fields: readonly FilterField[]): Promise<Facet[]> {
  const newest = sql`SELECT * FROM "RequestLog" AS log WHERE ${compileScope(ctx, query)} ORDER BY log."id" DESC LIMIT ${SAMPLE_ROWS}`;
  const near = sql`SELECT * FROM (${newest}) AS log WHERE ${compileWhere(ctx, query.filters)}`;
  return patiently(async (on) => {
    const facets = await count(ctx, near, fields, on);
    const matched = facets.map(({ values }) => values.reduce((sum, { count }) => sum + count, 0));
    if (query.filters.length === 0 || Math.max(0, ...matched) >= ENOUGH) return facets;
    // What is rare is counted wherever it is: OFFSET 0 keeps the database from walking there.
    const rare = sql`SELECT * FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)} OFFSET 0`;
    return count(ctx, sql`SELECT * FROM (${rare}) AS log ORDER BY log."id" DESC LIMIT ${SAMPLE_ROWS}`, fields, on);
  });
}

const row = z.object({ field: z.string(), value: z.string().nullable(), count: z.number().int() });

async function count(ctx: Context, logs: Sql, fields: readonly FilterField[], on: Queryable): Promise<Facet[]> {
  const members = fields.map((field) => sql`(${field}::text, ${asText(ctx, field)})`);
  const rows = await queryRows(
    sql`SELECT "field", "value", "count"::int FROM (
          SELECT "field", "value", count(*) AS "count",
            row_number() OVER (PARTITION BY "field" ORDER BY count(*) DESC, "value") AS "rank"
          FROM (${logs}) AS log CROSS JOIN LATERAL (VALUES ${join(members)}) AS member ("field", "value")
          GROUP BY "field", "value"
        ) AS ranked WHERE "rank" <= ${VALUES} ORDER BY "rank"`,
    row,
    on,
  );
  return fields.map((field) => ({
    field,
    counted: 'newest',
    values: rows.filter((one) => one.field === field).map(({ value, count }) => ({ value, label: null, count })),
  }));
}
