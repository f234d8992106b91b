import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { empty, queryRows, sql } from '@/lib/db/sql';
import { periodOf } from './filters/period';
import type { LogFacets, LogFilters } from './schema';

const HOUR_MS = 3_600_000;
const row = z.object({ model: z.string(), keyId: z.guid(), keyName: z.string().nullable() });

/** The models and keys that have logs in a stretch of time, to choose from. Read from hourly rollups, never from the logs. */
export async function logFacets(
  ctx: Context,
  filters: Pick<LogFilters, 'range' | 'from' | 'to' | 'environment'>,
  now = new Date(),
): Promise<LogFacets> {
  const { environment } = await resolveEnvironment(ctx, filters.environment);
  const { from, to } = periodOf(filters, now);
  // All of time is a question for the daily rollups.
  const granularity = from || to ? 'hour' : 'day';
  const rows = await queryRows(
    sql`WITH used AS (
          SELECT DISTINCT "model", "apiKeyId" FROM "Rollup"
          WHERE "organizationId" = ${ctx.organizationId}::uuid AND "granularity" = ${granularity}
            ${from ? sql`AND "bucketAt" > ${new Date(from.getTime() - HOUR_MS)}` : empty}
            ${to ? sql`AND "bucketAt" < ${to}` : empty}
            AND "environment" = ${environment}::"Environment"
        )
        SELECT used."model", used."apiKeyId" AS "keyId", key."name" AS "keyName"
        FROM used LEFT JOIN "ApiKey" AS key
          ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = used."apiKeyId"`,
    row,
  );
  const models = new Set(rows.map((found) => found.model).filter((model) => model !== ''));
  const keys = new Map(rows.flatMap(({ keyId, keyName }) => (keyName === null ? [] : [[keyId, keyName] as const])));
  return {
    models: [...models].sort((a, b) => a.localeCompare(b)),
    keys: [...keys].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
  };
}
