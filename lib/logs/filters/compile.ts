import type { Context } from '@/lib/auth/context';
import { empty, type Sql, sql } from '@/lib/db/sql';
import { firstIdAt } from '../partitions';
import { storable } from '../storable';
import { COLUMNS, type Column, KEPT_UNDER, namedIn } from './columns';
import {
  booleanCondition,
  floatCondition,
  idCondition,
  jsonCondition,
  textCondition,
  timeCondition,
  wholeCondition,
} from './conditions';
import { isFilterField, type LogFilter, METADATA_PREFIX } from './schema';

/** Which logs are meant. */
export interface LogQuery {
  /** Included; null for all of the past. */
  readonly from: Date | null;
  /** Left out; null for no end. */
  readonly to: Date | null;
  /** Null for both. */
  readonly environment: 'production' | 'test' | null;
  readonly filters: readonly LogFilter[];
}

/**
 * A query as a condition on RequestLog "log": the organization's, always, then environment, time and filters.
 * The one way from filters to SQL, for lists, counts, exports and alerts alike.
 */
export function compileFilters(ctx: Context, query: LogQuery): Sql {
  return sql`${compileScope(ctx, query)} AND ${compileWhere(ctx, query.filters)}`;
}

/**
 * The part that the primary key answers: organization, time and environment. Time goes by id, whose first 48 bits are the
 * millisecond the request arrived: that is what the table is partitioned and indexed by.
 */
export function compileScope(ctx: Context, { from, to, environment }: Omit<LogQuery, 'filters'>): Sql {
  return sql`log."organizationId" = ${ctx.organizationId}::uuid
    ${from ? sql`AND log."id" >= ${firstIdAt(from)}::uuid` : empty}
    ${to ? sql`AND log."id" < ${firstIdAt(to)}::uuid` : empty}
    ${environment ? sql`AND log."environment" = ${environment}::"Environment"` : empty}`;
}

/** The filters alone. They join from left to right, as they were written: a AND b OR c is (a AND b) OR c. */
export function compileWhere(ctx: Context, filters: readonly LogFilter[]): Sql {
  if (filters.length === 0) return sql`TRUE`;
  return filters.reduce((before, filter, index) => {
    const condition = conditionOf(ctx, asStored(filter));
    if (index === 0) return condition;
    return filter.connector === 'OR' ? sql`(${before} OR ${condition})` : sql`(${before} AND ${condition})`;
  }, empty);
}

/** Looks for a text as it is after it was stored: without what no column can hold. */
function asStored(filter: LogFilter): LogFilter {
  const value = filter.value.map((one) => (typeof one === 'string' ? storable(one) : one));
  return { ...filter, field: storable(filter.field), value };
}

/** One filter as a condition. Filters that hold what the field can't be equal to match nothing. */
function conditionOf(ctx: Context, { field, operator, value }: LogFilter): Sql {
  if (!isFilterField(field))
    return jsonCondition(sql`log."metadata"`, [field.slice(METADATA_PREFIX.length)], operator, value);
  const column: Column = COLUMNS[field];
  if (column.as === 'uuid') return withSpareId(field, idCondition(column.sql, operator, value), operator, value);
  if (column.as === 'boolean') return booleanCondition(column.sql, operator, value);
  if (column.as === 'whole') return wholeCondition(column.sql, column.perUnit, operator, value);
  if (column.as === 'float') return floatCondition(column.sql, operator, value);
  if (column.as === 'time') return timeCondition(column.sql, operator, value);
  if (column.as === 'kept') return jsonCondition(sql`log."metadata"`, [KEPT_UNDER, column.member], operator, value);
  if (column.as === 'name') {
    if (operator === 'isnull') return idCondition(column.sql, operator, value);
    const ids = sql`SELECT named."id" ${namedIn(ctx, column.table)} AND ${textCondition(sql`named."name"`, operator, value)}`;
    const named = sql`${column.sql} IN (${ids})`;
    return operator === 'not' ? sql`(${column.sql} IS NULL OR ${named})` : named;
  }
  return sql`${textCondition(column.sql, operator, value)} ${field === 'status' ? failuresOnly(operator, value) : empty}`;
}

/** An id that its sender chose and that is none of ours is kept beside the log's own. */
function withSpareId(field: string, condition: Sql, operator: LogFilter['operator'], value: LogFilter['value']): Sql {
  if (field !== 'unique_id' || (operator !== '' && operator !== 'in')) return condition;
  const spare = value.filter((id) => !/^[0-9a-f-]{36}$/i.test(String(id)));
  if (spare.length === 0) return condition;
  return sql`(${condition} OR ${jsonCondition(sql`log."metadata"`, [KEPT_UNDER, 'unique_id'], '', spare)})`;
}

/** Implied by the filter, but said in the words of the partial index that holds what did not succeed. */
function failuresOnly(operator: LogFilter['operator'], value: LogFilter['value']): Sql {
  const isFailure = (operator === '' || operator === 'in') && !value.includes('success');
  return isFailure ? sql`AND log."status" <> 'success'` : empty;
}
