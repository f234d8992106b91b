import type { Context } from '@/lib/auth/context';
import { empty, type Sql, sql } from '@/lib/db/sql';
import type { Window } from './window';

/** Which rollups a question is about: the window and the filters, all resolved. */
export interface Scope {
  readonly window: Window;
  readonly environment: 'production' | 'test';
  readonly model?: string | undefined;
  readonly key?: string | undefined;
}

/** The condition every question shares, the organization first. Defaults to the window itself. */
export function rollupsIn(ctx: Context, scope: Scope, period: { from: Date; to: Date } = scope.window): Sql {
  return sql`"organizationId" = ${ctx.organizationId}::uuid
    AND "granularity" = ${scope.window.granularity}
    AND "bucketAt" >= ${period.from} AND "bucketAt" < ${period.to}
    AND "environment" = ${scope.environment}::"Environment"
    ${scope.model === undefined ? empty : sql`AND "model" = ${scope.model}`}
    ${scope.key === undefined ? empty : sql`AND "apiKeyId" = ${scope.key}::uuid`}`;
}
