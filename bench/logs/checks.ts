import type { Client } from 'pg';
import { z } from 'zod';
import { overview } from '@/lib/analytics/overview';
import type { Context } from '@/lib/auth/context';
import { LARGE_ID } from './generate';

type Line = readonly [what: string, value: string, goal: string];

/** How exact the dashboard is, how much disk a log takes, and how well the planner knows the table. */
export async function checksOf(client: Client, ctx: Context): Promise<Line[]> {
  return [...(await counts(client)), ...(await exactness(client, ctx)), ...(await disk(client))];
}

async function counts(client: Client): Promise<Line[]> {
  const [all] = await rows(client, 'SELECT count(*)::float8 AS n FROM "RequestLog"');
  const [own] = await rows(
    client,
    `SELECT count(*)::float8 AS n FROM "RequestLog" WHERE "organizationId" = '${LARGE_ID}'`,
  );
  const plan = await client.query(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM "RequestLog" WHERE "organizationId" = '${LARGE_ID}'`,
  );
  const estimate = planSchema.parse(plan.rows[0])['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  return [
    ['logs in all', whole(all?.n), ''],
    ['of the organization measured', whole(own?.n), ''],
    ['the planner’s estimate of these', whole(estimate), ''],
  ];
}

const planSchema = z.object({ 'QUERY PLAN': z.array(z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })) });

/** The last 30 days of the dashboard beside the raw rows of the same stretch. */
async function exactness(client: Client, ctx: Context): Promise<Line[]> {
  const view = await overview(ctx, { range: '30d', environment: 'production', by: 'model', timeZone: 'UTC' });
  const [raw] = await client
    .query(
      `SELECT sum("costNanoUsd")::text AS cost, count(*)::float8 AS requests,
         percentile_disc(ARRAY[0.5, 0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY "latencyMs") FILTER (WHERE "status" = 'success') AS exact
       FROM "RequestLog" WHERE "organizationId" = '${LARGE_ID}' AND "environment" = 'production'
         AND "startedAt" >= to_timestamp(${view.from / 1000}) AND "startedAt" < to_timestamp(${view.to / 1000})`,
    )
    .then((found) => z.array(rawSchema).parse(found.rows));
  const { current } = view.summary;
  const ours = [current.latencyP50Ms, current.latencyP90Ms, current.latencyP95Ms, current.latencyP99Ms];
  const drift = (raw?.exact ?? []).map((exact, n) => Math.abs((ours[n] ?? 0) - exact) / exact);
  return [
    [
      'cost on the dashboard less cost of the rows, nano-dollars',
      String(BigInt(current.costNanoUsd) - BigInt(raw?.cost ?? 0)),
      '0',
    ],
    ['requests on the dashboard less rows', String(current.requests - (raw?.requests ?? 0)), '0'],
    ['largest error of a percentile', `${(Math.max(...drift) * 100).toFixed(2)} %`, '1 %'],
  ];
}

const rawSchema = z.object({ cost: z.string().nullable(), requests: z.number(), exact: z.array(z.number()) });

async function disk(client: Client): Promise<Line[]> {
  const size = async (table: string) =>
    (
      await rows(
        client,
        `SELECT coalesce(sum(pg_total_relation_size(relid)), 0)::float8 AS n FROM pg_partition_tree('"${table}"')`,
      )
    )[0]?.n ?? 0;
  const plain = async (table: string) =>
    (await rows(client, `SELECT pg_total_relation_size('"${table}"')::float8 AS n`))[0]?.n ?? 0;
  const logs = await size('RequestLog');
  const rollups =
    (await plain('Rollup')) +
    (await plain('DimensionRollup')) +
    (await plain('CustomerRollup')) +
    (await plain('AttemptRollup'));
  const [all] = await rows(client, 'SELECT count(*)::float8 AS n FROM "RequestLog"');
  const each = (bytes: number) => `${Math.round(bytes / (all?.n ?? 1))} B`;
  return [
    ['disk a log: row and indexes', each(logs), ''],
    ['disk a log: rollups', each(rollups), ''],
    ['disk a log in all, without bodies', each(logs + rollups), '1,200 B'],
  ];
}

async function rows(client: Client, statement: string): Promise<{ n: number }[]> {
  return z.array(z.object({ n: z.number() })).parse((await client.query(statement)).rows);
}

function whole(value: number | undefined): string {
  return (value ?? 0).toLocaleString('en-US');
}
