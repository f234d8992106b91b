import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { join, queryRows, type Sql, sql } from '@/lib/db/sql';
import { addSums, countColumn, errorsOf, NO_SUMS, nanoUsdColumn, promptTokensOf, sums, sumsRow } from './columns';
import { type Durations, durationsIn, noDurations } from './histograms';
import { piecesOf, type Rows } from './scope';
import type { Period } from './window';

/** Which requests are measured. What is null is not told apart. */
export interface MeasuredRequests {
  readonly environment: 'production' | 'test';
  readonly model: string | null;
  readonly provider: string | null;
  readonly apiKeyId: string | null;
  /** Counted by the hour and apart from all the others, which are ignored beside it. */
  readonly customer: string | null;
}

export interface Measured {
  readonly requests: number;
  readonly errors: number;
  readonly costNanoUsd: bigint;
  /** Null for a customer: they are counted without. */
  readonly tokens: number | null;
  /** Of successful requests; null where they were not asked for, and for a customer. */
  readonly durations: Durations | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * What the requests that began in a stretch of time came to, from rollups: to the minute, and for a customer to the hour in
 * which it begins. Minutes are kept for 8 days.
 */
export async function measure(
  ctx: Context,
  period: Period,
  which: MeasuredRequests,
  options: { durations: boolean },
): Promise<Measured> {
  if (which.customer !== null) return measureCustomer(ctx, period, which.environment, which.customer);
  const parts = partsOf(ctx, period, which);
  const found = await Promise.all(
    parts.map(({ from, where }) =>
      queryRows(sql`SELECT ${sums} FROM ${from} WHERE ${where} HAVING count(*) > 0`, sumsRow),
    ),
  );
  const total = found.flat().reduce(addSums, NO_SUMS);
  return {
    requests: total.requests,
    errors: errorsOf(total),
    costNanoUsd: BigInt(total.costNanoUsd),
    tokens: promptTokensOf(total) + total.outputTokens,
    durations: options.durations ? merged(await Promise.all(parts.map(durationsIn))) : null,
  };
}

function merged(parts: readonly Durations[]): Durations {
  const all = noDurations();
  for (const { latency, ttft } of parts) {
    all.latency.merge(latency);
    all.ttft.merge(ttft);
  }
  return all;
}

/** Whole hours and days in the middle, minutes at both ends. */
function partsOf(ctx: Context, period: Period, which: MeasuredRequests): Rows[] {
  const from = floor(period.from, MINUTE_MS);
  const firstHour = floor(new Date(from.getTime() + HOUR_MS - 1), HOUR_MS);
  const lastHour = floor(period.to, HOUR_MS);
  if (lastHour <= firstHour) return [rowsOf(ctx, which, [{ granularity: 'minute', from, to: period.to }])];
  const minutes = [
    { granularity: 'minute', from, to: firstHour },
    { granularity: 'minute', from: lastHour, to: period.to },
  ].filter((piece) => piece.from < piece.to);
  const hours = piecesOf({ granularity: 'hour' }, { from: firstHour, to: lastHour });
  return [minutes, hours].flatMap((pieces) => (pieces.length > 0 ? [rowsOf(ctx, which, pieces)] : []));
}

interface Piece {
  readonly granularity: string;
  readonly from: Date;
  readonly to: Date;
}

function rowsOf(ctx: Context, which: MeasuredRequests, pieces: readonly Piece[]): Rows {
  const { environment, model, provider, apiKeyId } = which;
  const whose = sql`"organizationId" = ${ctx.organizationId}::uuid AND "environment" = ${environment}::"Environment" AND ${within(pieces)}`;
  const filters = [
    { dimension: 'model', value: model, is: sql`AND "model" = ${model}` },
    { dimension: 'provider', value: provider, is: sql`AND "provider" = ${provider}` },
    { dimension: 'key', value: apiKeyId?.toLowerCase() ?? null, is: sql`AND "apiKeyId" = ${apiKeyId}::uuid` },
  ].filter(({ value }) => value !== null);
  const [only, another] = filters;
  const byMinute = pieces.some(({ granularity }) => granularity === 'minute');
  // Minutes are kept by one dimension only for all together.
  if (another || (only && byMinute)) {
    const conditions = join(
      filters.map(({ is }) => is),
      ' ',
    );
    return { from: sql`"Rollup"`, where: sql`${whose} ${conditions}`, value: sql`''` };
  }
  return {
    from: sql`"DimensionRollup"`,
    where: sql`${whose} AND "dimension" = ${only?.dimension ?? 'all'} AND "value" = ${only?.value ?? ''}`,
    value: sql`"value"`,
  };
}

const customerRow = z.object({ requests: countColumn, errors: countColumn, costNanoUsd: nanoUsdColumn });

async function measureCustomer(
  ctx: Context,
  period: Period,
  environment: 'production' | 'test',
  customer: string,
): Promise<Measured> {
  const pieces = piecesOf({ granularity: 'hour' }, { from: floor(period.from, HOUR_MS), to: period.to });
  const [found] = await queryRows(
    sql`SELECT coalesce(sum("requests"), 0) AS "requests", coalesce(sum("errors"), 0) AS "errors",
          coalesce(sum("costNanoUsd"), 0)::text AS "costNanoUsd"
        FROM "CustomerRollup"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "environment" = ${environment}::"Environment"
          AND "customer" = ${customer} AND ${within(pieces)}`,
    customerRow,
  );
  return {
    requests: found?.requests ?? 0,
    errors: found?.errors ?? 0,
    costNanoUsd: BigInt(found?.costNanoUsd ?? '0'),
    tokens: null,
    durations: null,
  };
}

function within(pieces: readonly Piece[]): Sql {
  const each = pieces.map(
    ({ granularity, from, to }) =>
      sql`("granularity" = ${granularity} AND "bucketAt" >= ${from} AND "bucketAt" < ${to})`,
  );
  return sql`(${join(each, ' OR ')})`;
}

function floor(at: Date, toMs: number): Date {
  return new Date(Math.floor(at.getTime() / toMs) * toMs);
}
