import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { patiently } from '@/lib/db/patience';
import { type Queryable, queryRows, type Sql, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { storable } from '@/lib/logs/storable';
import type { ApiUser, ApiUserDetail, UserChanges, UserSort, UsersParameters } from './users-schema';

const DAYS_A_MONTH = 30;

/**
 * A page of an organization's customers. Who they are and in what order comes from daily rollups; the figures of those on the
 * page from their logs, as far back as these are kept.
 */
export async function listUsers(
  ctx: Context,
  parameters: UsersParameters,
  keyEnvironment: 'production' | 'test',
): Promise<{ count: number; results: ApiUser[] }> {
  const { page, page_size, sort_by } = parameters;
  const environment = named(parameters.environment) ?? keyEnvironment;
  return patiently(async (on) => {
    const rows = await queryRows(
      sql`SELECT "customer", count(*) OVER () AS "of" FROM "CustomerRollup"
          WHERE "organizationId" = ${ctx.organizationId}::uuid AND "granularity" = 'day'
            AND "environment" = ${environment}::"Environment"
          GROUP BY "customer" ORDER BY ${SORTED_BY[sort_by.by]} ${sort_by.descending ? sql`DESC` : sql`ASC`}, "customer"
          LIMIT ${page_size} OFFSET ${(page - 1) * page_size}`,
      z.object({ customer: z.string(), of: z.coerce.number().int() }),
      on,
    );
    const names = rows.map(({ customer }) => customer);
    const figures = new Map(
      (await figuresOf(ctx, names, environment, on)).map((one) => [one.customer_identifier, one]),
    );
    const results = names.flatMap((name) => figures.get(name) ?? []).map(toUser);
    return { count: rows[0]?.of ?? 0, results };
  });
}

/** @throws AppError not_found where no log and no profile has this identifier */
export async function getUser(ctx: Context, name: string): Promise<ApiUserDetail> {
  const identifier = storable(name);
  return patiently(async (on) => {
    const [found, models] = [
      (await figuresOf(ctx, [identifier], null, on))[0] ?? (await knownOf(ctx, identifier, on)),
      await queryRows(
        sql`SELECT "model", count(*) AS "number_of_requests" FROM "RequestLog"
            WHERE "organizationId" = ${ctx.organizationId}::uuid AND "customerIdentifier" = ${identifier}
            GROUP BY 1 ORDER BY 2 DESC LIMIT 5`,
        z.object({ model: z.string().nullable(), number_of_requests: z.coerce.number().int() }),
        on,
      ),
    ];
    if (!found) throw new AppError('not_found', 'User not found');
    const user = toUser(found);
    const months = Math.max(1, (Date.now() - found.first_seen.getTime()) / (DAYS_A_MONTH * 86_400_000));
    return {
      ...user,
      last_active: user.last_active_timeframe,
      total_requests: user.number_of_requests,
      total_usage: user.total_cost,
      total_prompt_tokens: found.prompt_tokens,
      total_completion_tokens: found.completion_tokens,
      total_cache_hits: found.cache_hits,
      average_monthly_cost: user.total_cost / months,
      top_models: models,
    };
  });
}

/** @throws AppError not_found */
export async function changeUser(ctx: Context, name: string, changes: UserChanges): Promise<ApiUserDetail> {
  await getUser(ctx, name);
  const identifier = storable(name);
  const { organizationId } = ctx;
  const profile = {
    ...(changes.name === undefined ? {} : { name: changes.name ? storable(changes.name) : null }),
    ...(changes.email === undefined ? {} : { email: changes.email ? storable(changes.email) : null }),
  };
  await db().customer.upsert({
    where: { organizationId_identifier: { organizationId, identifier } },
    create: { organizationId, identifier, ...profile },
    update: { ...profile, updatedAt: new Date() },
  });
  return getUser(ctx, identifier);
}

const SORTED_BY: Readonly<Record<UserSort, Sql>> = {
  first_seen: sql`min("bucketAt")`,
  last_active: sql`max("bucketAt")`,
  number_of_requests: sql`sum("requests")`,
  total_cost: sql`sum("costNanoUsd")`,
  customer_identifier: sql`"customer"`,
};

const seconds = z.coerce
  .number()
  .transform((ms) => ms / 1000)
  .nullable();
const whole = z.coerce.number().int();
const figuresRow = z.object({
  customer_identifier: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  first_seen: z.date(),
  last_active: z.date(),
  active_days: whole,
  number_of_requests: whole,
  prompt_tokens: whole,
  completion_tokens: whole,
  cache_hits: whole,
  total_cost: z.string().transform((nano) => Number(nano) / 1e9),
  average_latency: seconds,
  average_ttft: seconds,
});

function figuresOf(
  ctx: Context,
  identifiers: readonly string[],
  environment: 'production' | 'test' | null,
  on: Queryable,
): Promise<z.output<typeof figuresRow>[]> {
  const within = environment ? sql`log."environment" = ${environment}::"Environment"` : sql`TRUE`;
  return queryRows(
    sql`SELECT log.*, profile."name", profile."email" FROM (
          SELECT log."customerIdentifier" AS "customer_identifier", min(log."startedAt") AS "first_seen",
            max(log."startedAt") AS "last_active", count(DISTINCT date_trunc('day', log."startedAt", 'UTC')) AS "active_days",
            count(*) AS "number_of_requests", coalesce(sum(log."outputTokens"), 0) AS "completion_tokens",
            coalesce(sum(log."inputTokens" + coalesce(log."cacheReadTokens", 0) + coalesce(log."cacheWrite5mTokens", 0)
              + coalesce(log."cacheWrite1hTokens", 0)), 0) AS "prompt_tokens",
            count(*) FILTER (WHERE log."model" = 'respan/cache') AS "cache_hits",
            coalesce(sum(log."costNanoUsd"), 0)::text AS "total_cost",
            avg(log."latencyMs") FILTER (WHERE log."status" = 'success') AS "average_latency",
            avg(log."ttftMs") FILTER (WHERE log."status" = 'success') AS "average_ttft"
          FROM "RequestLog" AS log
          WHERE log."organizationId" = ${ctx.organizationId}::uuid
            AND log."customerIdentifier" = ANY(${[...identifiers]}::text[]) AND ${within}
          GROUP BY 1
        ) AS log
        LEFT JOIN "Customer" AS profile ON profile."organizationId" = ${ctx.organizationId}::uuid
          AND profile."identifier" = log."customer_identifier"`,
    figuresRow,
    on,
  );
}

const knownRow = figuresRow.pick({ name: true, email: true, first_seen: true, last_active: true });

/** One of whom no log is left, or whom nobody has mentioned since: nothing but who it is, and its days as far as they were counted. */
async function knownOf(
  { organizationId }: Context,
  identifier: string,
  on: Queryable,
): Promise<z.output<typeof figuresRow> | null> {
  const [known] = await queryRows(
    sql`SELECT profile."name", profile."email", coalesce(min(kept."bucketAt"), profile."createdAt") AS "first_seen",
          coalesce(max(kept."bucketAt"), profile."createdAt") AS "last_active"
        FROM "Customer" AS profile LEFT JOIN "CustomerRollup" AS kept
          ON kept."organizationId" = profile."organizationId" AND kept."customer" = profile."identifier"
          AND kept."granularity" = 'day'
        WHERE profile."organizationId" = ${organizationId}::uuid AND profile."identifier" = ${identifier}
        GROUP BY profile."organizationId", profile."identifier"`,
    knownRow,
    on,
  );
  const used = { prompt_tokens: 0, completion_tokens: 0, cache_hits: 0, total_cost: 0 };
  const none = { ...used, active_days: 0, number_of_requests: 0, average_latency: null, average_ttft: null };
  return known ? { ...known, ...none, customer_identifier: identifier } : null;
}

function toUser(found: z.output<typeof figuresRow>): ApiUser {
  const { first_seen, last_active, prompt_tokens, completion_tokens, cache_hits: _, ...rest } = found;
  return {
    ...rest,
    first_seen: first_seen.toISOString(),
    last_active_timeframe: last_active.toISOString(),
    total_tokens: prompt_tokens + completion_tokens,
  };
}

function named(environment: UsersParameters['environment']): 'production' | 'test' | null {
  if (environment === undefined) return null;
  return environment === 'test' ? 'test' : 'production';
}
