import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { modelColors } from './colors';
import { resolveEnvironment } from './environment';
import { latencyOverTime } from './latency-over-time';
import { modelsOverTime } from './models-over-time';
import type { DashboardFilters, Overview } from './schema';
import type { Scope } from './scope';
import { summary } from './summary';
import { topKeys } from './top-keys';
import { topModels } from './top-models';
import { volumeOverTime } from './volume-over-time';
import { windowOf } from './window';

/** The whole dashboard at one instant. Days begin at midnight in `timeZone`. */
export async function overview(
  ctx: Context,
  filters: DashboardFilters & { timeZone: string },
  now = new Date(),
): Promise<Overview> {
  const { environment, hasTraffic } = await resolveEnvironment(ctx, filters.environment);
  const window = windowOf(filters.range, now, filters.timeZone);
  const scope: Scope = { window, environment, model: filters.model, key: filters.key };
  const [figures, volume, latency, models, byModel, byKey, colors, key] = await Promise.all([
    summary(ctx, scope),
    volumeOverTime(ctx, scope),
    latencyOverTime(ctx, scope),
    modelsOverTime(ctx, scope),
    topModels(ctx, scope),
    topKeys(ctx, scope),
    modelColors(ctx),
    filters.key ? namedKey(ctx, filters.key) : null,
  ]);
  return {
    range: window.range,
    environment,
    from: window.from.getTime(),
    to: window.to.getTime(),
    buckets: window.buckets.map((bucket) => bucket.getTime()),
    bucketWidth: window.bucketWidth,
    hasTraffic,
    summary: figures,
    volume,
    latency,
    costByModel: models.cost,
    requestsByModel: models.requests,
    topModels: byModel,
    topKeys: byKey,
    colors,
    filteredBy: { model: filters.model ?? null, key },
  };
}

async function namedKey(ctx: Context, id: string): Promise<{ id: string; name: string }> {
  const [found] = await queryRows(
    sql`SELECT "name" FROM "ApiKey" WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${id}::uuid`,
    z.object({ name: z.string() }),
  );
  return { id, name: found?.name ?? 'Unknown key' };
}
