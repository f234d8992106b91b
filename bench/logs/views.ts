import { z } from 'zod';
import { overview } from '@/lib/analytics/overview';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { getLog } from '@/lib/logs/detail';
import { facets } from '@/lib/logs/filters/facets';
import { listLogs } from '@/lib/logs/queries';
import { logFilters } from '@/lib/logs/schema';

/** A view of the dashboard, as often as it is asked for with other values. */
export interface View {
  readonly name: string;
  /** Milliseconds at the server, 95th percentile, that it should take at most. */
  readonly goalMs: number;
  run(turn: number): Promise<unknown>;
}

const by = ['model', 'provider', 'key'] as const;

/** What the large organization's people look at. @param ids of some of its logs, spread over the month */
export function viewsOf(ctx: Context, ids: readonly string[]): View[] {
  const dashboard = (range: '24h' | '30d', turn: number) =>
    overview(ctx, {
      ...{ range, environment: 'production', by: by[turn % by.length] ?? 'model', timeZone: 'Europe/Berlin' },
      ...(turn % 4 === 3 ? { model: `claude-model-${turn % 12}-20260101` } : {}),
    });
  const list = (given: object) =>
    listLogs(ctx, logFilters.parse({ environment: 'production', range: '30d', ...given }));
  const filtered = (field: string, value: (turn: number) => unknown, operator = ''): View => ({
    name: `log page, ${field}`,
    goalMs: 20,
    run: (turn) => list({ filters: JSON.stringify([{ field, operator, value: value(turn) }]) }),
  });
  return [
    { name: 'dashboard, 24 hours', goalMs: 15, run: (turn) => dashboard('24h', turn) },
    { name: 'dashboard, 30 days', goalMs: 60, run: (turn) => dashboard('30d', turn) },
    { name: 'log page, no filter', goalMs: 20, run: () => list({}) },
    { name: 'log page, far back', goalMs: 20, run: (turn) => list({ older: ids[turn % ids.length] }) },
    filtered('model', (turn) => `claude-model-${turn % 40}-20260101`),
    filtered('organization_key_id', (turn) => `0190a000-0000-7000-8000-${String(turn % 40).padStart(12, '0')}`),
    filtered('customer_identifier', (turn) => `customer-${(turn * 331) % 5000}`),
    filtered('thread_identifier', (turn) => `thread-${turn * 1000}-1`),
    filtered('status', (turn) => (turn % 2 ? 'error' : 'aborted')),
    filtered('status_code', (turn) => [429, 529, 400, 499][turn % 4]),
    filtered('cost', (turn) => 0.02 + (turn % 10) / 100, 'gt'),
    filtered('latency', (turn) => 2 + (turn % 20), 'gt'),
    filtered('metadata__feature', (turn) => `f${turn % 30}`),
    {
      name: 'facet counts, 24 hours',
      goalMs: 200,
      run: () =>
        facets(ctx, { from: new Date(Date.now() - 86_400_000), to: null, environment: 'production', filters: [] }, [
          ...(['model', 'status', 'provider_id', 'organization_key_id', 'customer_identifier', 'status_code'] as const),
        ]),
    },
    {
      name: 'text search in 24 hours',
      goalMs: 300,
      run: (turn) => list({ range: '24h', q: turn % 2 ? 'refund' : `number ${turn}99` }),
    },
    { name: 'log detail', goalMs: 15, run: (turn) => getLog(ctx, ids[(turn * 7) % ids.length] ?? '') },
  ];
}

/** Ids of the organization's logs, one of each stretch of the month. */
export async function someIds({ organizationId }: Context, count: number, now: Date): Promise<string[]> {
  const found = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const at = now.getTime() - ((n + 0.5) / count) * 30 * 86_400_000;
      const [row] = await queryRows(
        sql`SELECT "id" FROM "RequestLog" WHERE "organizationId" = ${organizationId}::uuid
            AND "id" <= ${`${Math.trunc(at)
              .toString(16)
              .padStart(12, '0')
              .replace(/^(.{8})/, '$1-')}-7fff-bfff-ffffffffffff`}::uuid
            ORDER BY "id" DESC LIMIT 1`,
        z.object({ id: z.string() }),
      );
      return row?.id;
    }),
  );
  return found.flatMap((id) => id ?? []);
}
