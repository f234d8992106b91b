import { z } from 'zod';
import { empty, type Sql, sql } from '@/lib/db/sql';
import { ERROR_CAUSES, LOG_STATUSES } from './schema';

const parameter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), schema.optional().catch(undefined));

export const LOG_RANGES = ['1h', '24h', '7d', '30d', 'all'] as const;
export type LogRange = (typeof LOG_RANGES)[number];

const RANGE_MS: Readonly<Record<Exclude<LogRange, 'all'>, number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
};

/** What the log page's URL can say. A part that makes no sense is ignored, so that an old link still opens. */
export const logFilters = z.object({
  model: parameter(z.string().min(1).max(200)),
  status: parameter(z.enum(LOG_STATUSES)),
  cause: parameter(z.enum(ERROR_CAUSES)),
  key: parameter(z.uuid()),
  environment: parameter(z.enum(['production', 'test'])),
  range: parameter(z.enum(LOG_RANGES)).transform((range) => range ?? '24h'),
  /** Milliseconds since the epoch: a stretch of time that replaces the range, as a click into a chart gives it. */
  from: parameter(z.coerce.number().int().min(0).max(8e15)),
  to: parameter(z.coerce.number().int().min(0).max(8e15)),
  older: parameter(z.uuid()),
  newer: parameter(z.uuid()),
});
export type LogFilters = z.infer<typeof logFilters>;

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

/** The smallest UUIDv7 of a millisecond. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
