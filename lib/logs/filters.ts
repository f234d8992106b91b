import { empty, type Sql, sql } from '@/lib/db/sql';
import { firstIdAt } from './partitions';
import type { LogFilters, LogRange } from './schema';

const RANGE_MS: Readonly<Record<Exclude<LogRange, 'all'>, number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
};

/** The stretch of time that filters mean at an instant. Open ends are null. */
export function periodOf(
  filters: Pick<LogFilters, 'range' | 'from' | 'to'>,
  now: Date,
): { from: Date | null; to: Date | null } {
  if (filters.from !== undefined || filters.to !== undefined) {
    return {
      from: filters.from === undefined ? null : new Date(filters.from),
      to: filters.to === undefined ? null : new Date(filters.to),
    };
  }
  if (filters.range === 'all') return { from: null, to: null };
  return { from: new Date(now.getTime() - RANGE_MS[filters.range]), to: null };
}

/**
 * The filters as a condition on RequestLog "log", to follow the organization's. Time goes by id, whose first 48 bits are
 * the millisecond the request arrived: that is what the table is partitioned and indexed by.
 */
export function logCondition(filters: LogFilters, environment: 'production' | 'test', now: Date): Sql {
  const { from, to } = periodOf(filters, now);
  return sql`log."environment" = ${environment}::"Environment"
    ${from ? sql`AND log."id" >= ${firstIdAt(from)}::uuid` : empty}
    ${to ? sql`AND log."id" < ${firstIdAt(to)}::uuid` : empty}
    ${filters.model === undefined ? empty : sql`AND log."model" = ${filters.model}`}
    ${filters.status === undefined ? empty : sql`AND log."status" = ${filters.status}`}
    ${filters.cause === undefined ? empty : sql`AND log."errorCause" = ${filters.cause}`}
    ${filters.key === undefined ? empty : sql`AND log."apiKeyId" = ${filters.key}::uuid`}
    ${filters.status === 'success' || filters.status === undefined ? empty : sql`AND log."status" <> 'success'`}`;
}
