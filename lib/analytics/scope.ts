import type { Context } from '@/lib/auth/context';
import { empty, identifier, join, type Sql, sql } from '@/lib/db/sql';
import type { Period, Window } from './window';

/** Which rollups a question is about: the window and the filters, all resolved. */
export interface Scope {
  readonly window: Window;
  readonly environment: 'production' | 'test';
  readonly model?: string | undefined;
  readonly key?: string | undefined;
}

export type Breakdown = 'model' | 'provider' | 'key';

/** Rollup rows to read: where they are, which of them, and the column that holds what they are broken down by, as text. */
export interface Rows {
  readonly from: Sql;
  readonly where: Sql;
  readonly value: Sql;
}

const TABLES = { combined: '"Rollup"', dimension: '"DimensionRollup"' };
const COLUMNS = { model: '"model"', provider: '"provider"', key: '"apiKeyId"::text', none: `''` };

/**
 * The rows of the window's own granularity. One dimension at a time has a rollup of its own, many times smaller than the
 * one that combines them; that is left for the last hour and for what is filtered by one thing and broken down by another.
 */
export function rollupsIn(ctx: Context, scope: Scope, by: Breakdown | null = null): Rows {
  const { granularity, from, to } = scope.window;
  return rowsOf(ctx, scope, by, [{ granularity, from, to }]);
}

/** The same stretch in as few rows as add up to it: whole days where there are any. For totals, not for series. */
export function rollupsOver(ctx: Context, scope: Scope, by: Breakdown | null, period: Period = scope.window): Rows {
  return rowsOf(ctx, scope, by, piecesOf(scope.window, period));
}

interface Piece {
  readonly granularity: Window['granularity'];
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;

export function piecesOf({ granularity }: Pick<Window, 'granularity'>, { from, to }: Period): Piece[] {
  const firstDay = new Date(Math.ceil(from.getTime() / DAY_MS) * DAY_MS);
  const lastDay = new Date(Math.floor(to.getTime() / DAY_MS) * DAY_MS);
  const hours = { granularity: granularity === 'minute' ? granularity : 'hour', from, to } as const;
  if (granularity === 'minute' || lastDay <= firstDay) return [hours];
  const pieces: Piece[] = [
    { granularity: 'hour', from, to: firstDay },
    { granularity: 'day', from: firstDay, to: lastDay },
    { granularity: 'hour', from: lastDay, to },
  ];
  return pieces.filter((piece) => piece.from < piece.to);
}

function rowsOf(ctx: Context, scope: Scope, by: Breakdown | null, pieces: readonly Piece[]): Rows {
  const { environment, model, key, window } = scope;
  const filters = [...(model === undefined ? [] : ['model' as const]), ...(key === undefined ? [] : ['key' as const])];
  const dimensions = new Set([...filters, ...(by ? [by] : [])]);
  const time = sql`(${join(
    pieces.map(
      ({ granularity, from, to }) =>
        sql`("granularity" = ${granularity} AND "bucketAt" >= ${from} AND "bucketAt" < ${to})`,
    ),
    ' OR ',
  )})`;
  const whose = sql`"organizationId" = ${ctx.organizationId}::uuid AND "environment" = ${environment}::"Environment" AND ${time}`;
  const [dimension = 'all', another] = dimensions;
  if (another || (window.granularity === 'minute' && dimension !== 'all')) {
    return {
      from: identifier(TABLES, 'combined'),
      where: sql`${whose}
        ${model === undefined ? empty : sql`AND "model" = ${model}`}
        ${key === undefined ? empty : sql`AND "apiKeyId" = ${key}::uuid`}`,
      value: identifier(COLUMNS, by ?? 'none'),
    };
  }
  const only = model ?? key?.toLowerCase();
  return {
    from: identifier(TABLES, 'dimension'),
    where: sql`${whose} AND "dimension" = ${dimension} ${only === undefined ? empty : sql`AND "value" = ${only}`}`,
    value: sql`"value"`,
  };
}
