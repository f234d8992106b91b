import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { empty, queryRows, type Sql, sql } from '@/lib/db/sql';
import { compileScope, type LogQuery } from './compile';
import type { Facet, FilterField } from './schema';

const HOUR_MS = 3_600_000;
/** Longer stretches are counted by the day where an hour has thousands of values. */
const BY_HOUR_MS = 48 * HOUR_MS;

/** Which dimension of the rollups holds a field, and which part of its value. */
const DIMENSIONS: Partial<Record<FilterField, { dimension: string; value: Sql; label?: Sql }>> = {
  model: { dimension: 'model', value: sql`nullif("value", '')` },
  provider_id: { dimension: 'provider', value: sql`nullif("value", '')` },
  organization_key_id: {
    dimension: 'key',
    value: sql`nullif("value", '00000000-0000-0000-0000-000000000000')`,
    label: sql`key."name"`,
  },
  // "ok/200", "aborted/499", or who caused it: "provider/529".
  status_code: { dimension: 'status', value: sql`split_part("value", '/', 2)` },
  error_cause: {
    dimension: 'status',
    value: sql`CASE WHEN "value" NOT LIKE 'ok/%' AND "value" NOT LIKE 'aborted/%' THEN split_part("value", '/', 1) END`,
  },
  failed: {
    dimension: 'status',
    value: sql`("value" NOT LIKE 'ok/%' AND "value" NOT LIKE 'aborted/%')::text`,
  },
};

export function hasRollup(field: FilterField): boolean {
  return field === 'customer_identifier' || field === 'status' || DIMENSIONS[field] !== undefined;
}

/** A facet without filters, from rollups: whole hours, or whole days for customers over a long time. */
export async function rolledUpFacet(ctx: Context, query: LogQuery, field: FilterField, limit: number): Promise<Facet> {
  if (field === 'status') return statusFacet(ctx, query);
  const source = field === 'customer_identifier' ? customers(ctx, query) : dimension(ctx, query, field);
  const values = await queryRows(sql`${source} ORDER BY "count" DESC, "value" LIMIT ${limit}`, row);
  return { field, counted: 'all', values };
}

const row = z.object({ value: z.string().nullable(), label: z.string().nullable(), count: z.coerce.number().int() });

function dimension(ctx: Context, query: LogQuery, field: FilterField): Sql {
  const from = DIMENSIONS[field];
  if (!from) throw new RangeError(`No rollup has ${field}.`);
  const sums = sql`SELECT ${from.value} AS "value", sum("requests") AS "count" FROM "DimensionRollup"
    WHERE ${within(ctx, query, 'hour')} AND "dimension" = ${from.dimension} GROUP BY 1`;
  return sql`SELECT sums."value", ${from.label ?? sql`NULL::text`} AS "label", sums."count" FROM (${sums}) AS sums
    ${
      from.label
        ? sql`LEFT JOIN "ApiKey" AS key ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = sums."value"::uuid`
        : empty
    }`;
}

function customers(ctx: Context, query: LogQuery): Sql {
  const lengthMs = query.from === null ? Infinity : (query.to ?? new Date()).getTime() - query.from.getTime();
  return sql`SELECT "customer" AS "value", NULL::text AS "label", sum("requests") AS "count" FROM "CustomerRollup"
    WHERE ${within(ctx, query, lengthMs > BY_HOUR_MS ? 'day' : 'hour')} GROUP BY 1`;
}

function within(ctx: Context, { from, to, environment }: LogQuery, granularity: 'hour' | 'day'): Sql {
  const bucketMs = granularity === 'hour' ? HOUR_MS : 24 * HOUR_MS;
  return sql`"organizationId" = ${ctx.organizationId}::uuid AND "granularity" = ${granularity}
    ${environment ? sql`AND "environment" = ${environment}::"Environment"` : empty}
    ${from ? sql`AND "bucketAt" > ${new Date(from.getTime() - bucketMs)}` : empty}
    ${to ? sql`AND "bucketAt" < ${to}` : empty}`;
}

/** Rollups count a call that nobody saw the end of as an error; those few are told apart by the index of what did not succeed. */
async function statusFacet(ctx: Context, query: LogQuery): Promise<Facet> {
  const kind = sql`CASE split_part("value", '/', 1) WHEN 'ok' THEN 'success' WHEN 'aborted' THEN 'aborted' ELSE 'error' END`;
  const [sums, interrupted] = await Promise.all([
    queryRows(
      sql`SELECT ${kind} AS "value", NULL::text AS "label", sum("requests") AS "count" FROM "DimensionRollup"
          WHERE ${within(ctx, query, 'hour')} AND "dimension" = 'status' GROUP BY 1`,
      row,
    ),
    queryRows(
      sql`SELECT 'interrupted' AS "value", NULL::text AS "label", count(*) AS "count" FROM "RequestLog" AS log
          WHERE ${compileScope(ctx, query)} AND log."status" <> 'success' AND log."status" = 'interrupted'`,
      row,
    ),
  ]);
  const lost = interrupted[0]?.count ?? 0;
  const values = [
    ...sums.map((sum) => (sum.value === 'error' ? { ...sum, count: sum.count - lost } : sum)),
    ...interrupted,
  ];
  return {
    field: 'status',
    counted: 'all',
    values: values.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
  };
}
