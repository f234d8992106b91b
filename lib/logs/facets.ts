import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { facets } from './filters/facets';
import { queryOf } from './filters/period';
import type { Facet, FilterField } from './filters/schema';
import type { LogFilters } from './schema';

/** What there is to filter by on the log page, with counts. Ids of keys have the key's name as label. */
export async function logFacets(
  ctx: Context,
  filters: LogFilters,
  fields: readonly FilterField[],
  now = new Date(),
): Promise<Facet[]> {
  const { environment } = await resolveEnvironment(ctx, filters.environment);
  const found = await facets(ctx, queryOf(filters, environment, now), fields);
  return Promise.all(found.map((facet) => (facet.field === 'organization_key_id' ? named(ctx, facet) : facet)));
}

/** Counted from logs, a key is its id alone. */
async function named(ctx: Context, facet: Facet): Promise<Facet> {
  const ids = facet.values.flatMap(({ value, label }) => (value && !label ? [value] : []));
  if (ids.length === 0) return facet;
  const keys = await queryRows(
    sql`SELECT "id", "name" FROM "ApiKey"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ANY(${ids}::uuid[])`,
    z.object({ id: z.guid(), name: z.string() }),
  );
  const names = new Map(keys.map(({ id, name }) => [id, name]));
  return {
    ...facet,
    values: facet.values.map((one) => ({ ...one, label: one.label ?? names.get(one.value ?? '') ?? null })),
  };
}
