import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';

const row = z.object({ production: z.boolean(), test: z.boolean() });

/**
 * Which environment a page shows: the one asked for, else production, else test where that is all there is,
 * so that someone who has only tried the simulator does not land on an empty page.
 */
export async function resolveEnvironment(
  ctx: Context,
  asked: 'production' | 'test' | undefined,
): Promise<{ environment: 'production' | 'test'; hasTraffic: boolean }> {
  const [found = { production: false, test: false }] = await queryRows(
    sql`SELECT ${hasRollups(ctx, 'production')} AS production, ${hasRollups(ctx, 'test')} AS test`,
    row,
  );
  const usual = !found.production && found.test ? 'test' : 'production';
  return { environment: asked ?? usual, hasTraffic: found.production || found.test };
}

function hasRollups(ctx: Context, environment: 'production' | 'test') {
  return sql`EXISTS (SELECT FROM "DimensionRollup" WHERE "organizationId" = ${ctx.organizationId}::uuid
    AND "granularity" = 'day' AND "dimension" = 'all' AND "environment" = ${environment}::"Environment")`;
}
