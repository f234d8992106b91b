import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { empty, queryRows, type Sql, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { storable } from '@/lib/logs/storable';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import {
  CUSTOMERS_A_PAGE,
  type CustomerDetail,
  type CustomerFigures,
  type CustomerFilters,
  type CustomerPage,
  type CustomerRow,
  type CustomerSort,
} from './schema';
import { getUser } from './users';
import { type CustomerWindow, windowOf } from './window';

type Environment = 'production' | 'test';

const count = z.coerce.number().int();
const row = z.object({
  customer: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  requests: count,
  errors: count,
  tokens: count,
  costNanoUsd: z.string(),
  unpricedRequests: count,
  activeDays: count,
  lastActive: z.date(),
});

const SORTED_BY: Readonly<Record<CustomerSort, Sql>> = {
  cost: sql`"cost" DESC, "requests" DESC`,
  requests: sql`"requests" DESC`,
  tokens: sql`"tokens" DESC`,
  errors: sql`"errors" DESC, "requests" DESC`,
  last_active: sql`"lastActive" DESC, "requests" DESC`,
  customer: sql`lower("customer")`,
};

/** A page of those who were active in the range, from rollups. */
export async function listCustomers(ctx: Context, filters: CustomerFilters, now = new Date()): Promise<CustomerPage> {
  const { environment } = await resolveEnvironment(ctx, filters.environment);
  const { q, sort, page } = filters;
  const like = q && `%${storable(q).replace(/[\\%_]/g, '\\$&')}%`;
  const [found, figures] = await Promise.all([
    queryRows(
      sql`SELECT *, "cost"::text AS "costNanoUsd", count(*) OVER () AS "of" FROM (${totals(ctx, environment, windowOf(filters.range, now))}) AS total
          ${like ? sql`WHERE "customer" ILIKE ${like} OR "name" ILIKE ${like} OR "email" ILIKE ${like}` : empty}
          ORDER BY ${SORTED_BY[sort]}, "customer" LIMIT ${CUSTOMERS_A_PAGE} OFFSET ${(page - 1) * CUSTOMERS_A_PAGE}`,
      row.extend({ of: count }),
    ),
    figuresOf(ctx, environment, now),
  ]);
  const rows = found.map(({ of: _, ...one }) => one);
  return { rows: await withHours(ctx, environment, rows, now), count: found[0]?.of ?? 0, figures, environment };
}

/** One of them, with its course over the range. @throws AppError not_found where nothing was ever counted for it */
export async function getCustomer(
  ctx: Context,
  identifier: string,
  filters: Pick<CustomerFilters, 'range' | 'environment'>,
  now = new Date(),
): Promise<CustomerDetail> {
  const customer = storable(identifier);
  const { environment } = await resolveEnvironment(ctx, filters.environment);
  const window = windowOf(filters.range, now);
  const [firstSeen, [found], series, logs] = await Promise.all([
    firstSeenOf(ctx, customer),
    queryRows(
      sql`SELECT *, "cost"::text AS "costNanoUsd" FROM (${totals(ctx, environment, window, customer)}) AS total`,
      row,
    ),
    overTime(ctx, environment, window, customer),
    logsOf(ctx, customer),
  ]);
  if (!firstSeen) throw new AppError('not_found', 'This customer does not exist.');
  const [shown] = await withHours(ctx, environment, [found ?? nothing(customer, firstSeen)], now);
  const { bucketWidth, buckets } = window;
  return {
    ...(shown ?? nothing(customer, firstSeen)),
    ...series,
    environment,
    bucketWidth,
    buckets,
    logs,
    firstSeen: firstSeen.first,
  };
}

function totals(
  { organizationId }: Context,
  environment: Environment,
  { rows }: CustomerWindow,
  customer?: string,
): Sql {
  return sql`SELECT kept."customer", profile."name", profile."email", sum("requests") AS "requests", sum("errors") AS "errors",
      sum("tokens") AS "tokens", sum("costNanoUsd") AS "cost", sum("unpricedRequests") AS "unpricedRequests",
      count(DISTINCT date_trunc('day', "bucketAt", 'UTC')) AS "activeDays", max("bucketAt") AS "lastActive"
    FROM "CustomerRollup" AS kept LEFT JOIN "Customer" AS profile
      ON profile."organizationId" = ${organizationId}::uuid AND profile."identifier" = kept."customer"
    WHERE kept."organizationId" = ${organizationId}::uuid AND "environment" = ${environment}::"Environment" AND ${rows}
      ${customer === undefined ? empty : sql`AND kept."customer" = ${customer}`}
    GROUP BY 1, 2, 3`;
}

/** Days alone would say "today at midnight" of somebody who is here right now. */
async function withHours(
  { organizationId }: Context,
  environment: Environment,
  rows: readonly CustomerRow[],
  now: Date,
): Promise<CustomerRow[]> {
  const recent = new Date(now.getTime() - 2 * 86_400_000);
  const found = await queryRows(
    sql`SELECT "customer", max("bucketAt") AS "at" FROM "CustomerRollup"
        WHERE "organizationId" = ${organizationId}::uuid AND "granularity" = 'hour'
          AND "environment" = ${environment}::"Environment" AND "bucketAt" >= ${recent}
          AND "customer" = ANY(${rows.map(({ customer }) => customer)}::text[])
        GROUP BY 1`,
    z.object({ customer: z.string(), at: z.date() }),
  );
  const hours = new Map(found.map(({ customer, at }) => [customer, at]));
  return rows.map((one) => ({ ...one, lastActive: hours.get(one.customer) ?? one.lastActive }));
}

const figuresRow = z.object({
  customers: count,
  monthlyActive: count,
  newCustomers: count,
  requestsADay: z.coerce.number().nullable(),
  monthlyCostEachNanoUsd: z.string().nullable(),
});

async function figuresOf({ organizationId }: Context, environment: Environment, now: Date): Promise<CustomerFigures> {
  const whose = sql`"organizationId" = ${organizationId}::uuid AND "environment" = ${environment}::"Environment"`;
  const month = new Date(windowOf('30d', now).buckets[0] ?? 0);
  const [[figures], [active]] = await Promise.all([
    queryRows(
      sql`SELECT count(*) AS "customers", count(*) FILTER (WHERE "days" > 0) AS "monthlyActive",
            count(*) FILTER (WHERE "first" >= ${month}) AS "newCustomers",
            (sum("requests") / nullif(sum("days"), 0))::float8 AS "requestsADay",
            round(sum("cost") / nullif(count(*) FILTER (WHERE "days" > 0), 0))::text AS "monthlyCostEachNanoUsd"
          FROM (
            SELECT min("bucketAt") AS "first", count(*) FILTER (WHERE "bucketAt" >= ${month}) AS "days",
              coalesce(sum("requests") FILTER (WHERE "bucketAt" >= ${month}), 0) AS "requests",
              coalesce(sum("costNanoUsd") FILTER (WHERE "bucketAt" >= ${month}), 0) AS "cost"
            FROM "CustomerRollup" WHERE ${whose} AND ${windowOf('90d', now).rows} GROUP BY "customer"
          ) AS one`,
      figuresRow,
    ),
    queryRows(
      sql`SELECT count(DISTINCT "customer") AS "active" FROM "CustomerRollup" WHERE ${whose} AND ${windowOf('24h', now).rows}`,
      z.object({ active: count }),
    ),
  ]);
  const none = { customers: 0, monthlyActive: 0, newCustomers: 0, requestsADay: null, monthlyCostEachNanoUsd: null };
  return { ...(figures ?? none), dailyActive: active?.active ?? 0 };
}

interface Seen {
  readonly first: Date;
  readonly last: Date;
  readonly name: string | null;
  readonly email: string | null;
}

async function firstSeenOf({ organizationId }: Context, customer: string): Promise<Seen | null> {
  const [found] = await queryRows(
    sql`SELECT min("bucketAt") AS "first", max("bucketAt") AS "last", profile."name", profile."email"
        FROM "CustomerRollup" AS kept LEFT JOIN "Customer" AS profile
          ON profile."organizationId" = ${organizationId}::uuid AND profile."identifier" = kept."customer"
        WHERE kept."organizationId" = ${organizationId}::uuid AND "granularity" = 'day' AND kept."customer" = ${customer}
        GROUP BY 3, 4`,
    z.object({ first: z.date(), last: z.date(), name: z.string().nullable(), email: z.string().nullable() }),
  );
  return found ?? null;
}

function nothing(customer: string, { last, name, email }: Seen): CustomerRow {
  const none = { requests: 0, errors: 0, tokens: 0, costNanoUsd: '0', unpricedRequests: 0, activeDays: 0 };
  return { customer, name, email, ...none, lastActive: last };
}

const point = z.object({ at: z.date(), requests: count, errors: count, tokens: count, costNanoUsd: z.string() });

async function overTime(
  { organizationId }: Context,
  environment: Environment,
  window: CustomerWindow,
  customer: string,
) {
  const found = await queryRows(
    sql`SELECT "bucketAt" AS "at", "requests", "errors", "tokens", "costNanoUsd"::text AS "costNanoUsd" FROM "CustomerRollup"
        WHERE "organizationId" = ${organizationId}::uuid AND "environment" = ${environment}::"Environment" AND ${window.rows}
          AND "customer" = ${customer}`,
    point,
  );
  const byBucket = new Map(found.map((one) => [one.at.getTime(), one]));
  const points = window.buckets.map((at) => byBucket.get(at));
  return {
    requestsOverTime: points.map((one) => one?.requests ?? 0),
    errorsOverTime: points.map((one) => one?.errors ?? 0),
    tokensOverTime: points.map((one) => one?.tokens ?? 0),
    costOverTime: points.map((one) => nanoUsdToNumber(BigInt(one?.costNanoUsd ?? '0'))),
  };
}

async function logsOf(ctx: Context, customer: string): Promise<CustomerDetail['logs']> {
  try {
    const { average_latency, average_ttft, top_models, number_of_requests: requests } = await getUser(ctx, customer);
    if (requests === 0) return null;
    const ms = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
    const models = top_models.map(({ model, number_of_requests }) => ({ model, requests: number_of_requests }));
    return { averageLatencyMs: ms(average_latency), averageTtftMs: ms(average_ttft), models };
  } catch (error) {
    // Too many to read in time, or none that is still kept: the rest of the page does without.
    if (error instanceof AppError) return null;
    throw error;
  }
}
