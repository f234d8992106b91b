import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { attempts } from './attempts';
import { breakdownOverTime } from './breakdown-over-time';
import { colorsOf } from './colors';
import { resolveEnvironment } from './environment';
import { failures } from './failures';
import { durationsOverTime } from './histograms';
import { latencyOverTime } from './latency-over-time';
import { ranking } from './rankings';
import type { DashboardFilters, Overview } from './schema';
import type { Scope } from './scope';
import { figuresOf, previousFigures } from './summary';
import { sumsOverTime, volumeOverTime } from './volume-over-time';
import { windowOf } from './window';

/** The whole dashboard at one instant, from rollups alone. Days begin at midnight in `timeZone`. */
export async function overview(
  ctx: Context,
  filters: DashboardFilters & { timeZone: string },
  now = new Date(),
): Promise<Overview> {
  const { environment, hasTraffic } = await resolveEnvironment(ctx, filters.environment);
  const window = windowOf(filters.range, now, filters.timeZone);
  const scope: Scope = { window, environment, model: filters.model, key: filters.key };
  const [sums, durations, previous, breakdown, colors, modelColors, top, names, failed, credentials] =
    await Promise.all([
      sumsOverTime(ctx, scope),
      durationsOverTime(ctx, scope),
      previousFigures(ctx, scope),
      breakdownOverTime(ctx, scope, filters.by),
      colorsOf(ctx, filters.by),
      filters.by === 'model' ? null : colorsOf(ctx, 'model'),
      rankingsOf(ctx, scope),
      namesOfKeys(ctx),
      failures(ctx, scope),
      attempts(ctx, scope),
    ]);
  return {
    range: window.range,
    environment,
    from: window.from.getTime(),
    to: window.to.getTime(),
    buckets: window.buckets.map((bucket) => bucket.getTime()),
    bucketWidth: window.bucketWidth,
    hasTraffic,
    summary: { current: figuresOf(sums, durations.values()), previous },
    volume: volumeOverTime(scope, sums),
    latency: latencyOverTime(scope, durations),
    by: filters.by,
    costBy: breakdown.cost,
    requestsBy: breakdown.requests,
    colors,
    modelColors: modelColors ?? colors,
    top,
    keyNames: pick(
      names,
      [...top.key, ...breakdown.cost, ...breakdown.requests].map(({ id }) => id),
    ),
    failures: failed,
    credentials,
    filteredBy: { model: filters.model ?? null, key: namedKey(names, filters.key) },
  };
}

async function rankingsOf(ctx: Context, scope: Scope): Promise<Overview['top']> {
  const [model, provider, key] = await Promise.all([
    ranking(ctx, scope, 'model'),
    ranking(ctx, scope, 'provider'),
    ranking(ctx, scope, 'key'),
  ]);
  return { model, provider, key };
}

/** Of all keys: there are few, and which ones are shown is known only when everything else is there. */
async function namesOfKeys(ctx: Context): Promise<Map<string, string>> {
  const rows = await queryRows(
    sql`SELECT "id", "name" FROM "ApiKey" WHERE "organizationId" = ${ctx.organizationId}::uuid`,
    z.object({ id: z.guid(), name: z.string() }),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function pick(names: ReadonlyMap<string, string>, ids: readonly (string | null)[]): Record<string, string> {
  return Object.fromEntries([...names].filter(([id]) => ids.includes(id)));
}

function namedKey(names: ReadonlyMap<string, string>, id: string | undefined): { id: string; name: string } | null {
  return id === undefined ? null : { id, name: names.get(id.toLowerCase()) ?? 'Unknown key' };
}
