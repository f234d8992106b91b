import type { LogFilters, LogRange } from '../schema';
import type { LogQuery } from './compile';
import { type LogFilter, logFilter } from './schema';

const RANGE_MS: Readonly<Record<Exclude<LogRange, 'all'>, number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
};

/** The stretch of time that a page's address means at an instant. Open ends are null. */
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

/** What the address of the log page means: its short parameters are filters like any other. */
export function queryOf(filters: LogFilters, environment: LogQuery['environment'], now: Date): LogQuery {
  return { ...periodOf(filters, now), environment, filters: [...shortFilters(filters), ...filters.filters] };
}

function shortFilters({ model, status, cause, key }: LogFilters): LogFilter[] {
  const given = { model, status, error_cause: cause, organization_key_id: key };
  return Object.entries(given).flatMap(([field, value]) =>
    value === undefined ? [] : [logFilter.parse({ field, value })],
  );
}
