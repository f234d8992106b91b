import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { queryRows, type Sql, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { COLUMNS } from '../filters/columns';
import { compileFilters, type LogQuery } from '../filters/compile';
import { facets } from '../filters/facets';
import { countLogs, findLogIds } from '../filters/find';
import type { Facet, FilterField, LogFilter } from '../filters/schema';
import { readApiLogs } from './read';
import type { ApiLog } from './record';
import type { ListParameters, Sort } from './schema';

const HOUR_MS = 3_600_000;
/** Counting further would cost more than the page itself. */
const COUNT_MAX = 10_000;
/** Pages beyond are reached by `next`, which goes on by id and costs the same anywhere. */
const SKIP_MAX = 100_000;

export interface LogList {
  /** Exact up to 10,000; then 10,000, with count_is_capped. */
  readonly count: number;
  readonly count_is_capped: boolean;
  readonly results: readonly Partial<ApiLog>[];
  /** The query of the next page, and of the one before; null where there is none. */
  readonly next: Readonly<Record<string, string>> | null;
  readonly previous: Readonly<Record<string, string>> | null;
  readonly filters_data?: Readonly<Record<string, Facet['values']>>;
  readonly current_filters: readonly LogFilter[];
}

const FETCHED: readonly FilterField[] = [
  ...(['model', 'provider_id', 'status_code', 'status', 'customer_identifier', 'organization_key_id'] as const),
  ...(['log_type', 'error_cause', 'thread_identifier', 'stream'] as const),
];

/**
 * A page of logs as the API answers it.
 * @param keyEnvironment what is listed where the query names no environment
 * @throws AppError invalid_input for pages too far on, and for searches that take too long
 */
export async function listApiLogs(
  ctx: Context,
  parameters: ListParameters,
  filters: readonly LogFilter[],
  keyEnvironment: 'production' | 'test',
  now = new Date(),
): Promise<LogList> {
  const query = logQueryOf(parameters, filters, keyEnvironment, now);
  const [ids, counted, filtersData] = await Promise.all([
    pageOf(ctx, query, parameters),
    countLogs(ctx, query, COUNT_MAX + 1),
    parameters.fetch_filters ? facets(ctx, query, FETCHED) : null,
  ]);
  const { page, page_size } = parameters;
  const shown = ids.slice(0, page_size);
  const last = shown.at(-1);
  const cursor: Record<string, string> = last && isById(parameters) ? { cursor: last } : {};
  return {
    count: Math.min(counted, COUNT_MAX),
    count_is_capped: counted > COUNT_MAX,
    next: ids.length > page_size ? { page: String(page + 1), ...cursor } : null,
    previous: page > 1 ? { page: String(page - 1) } : null,
    results: await readApiLogs(ctx, shown, parameters.include_fields),
    ...(filtersData
      ? { filters_data: Object.fromEntries(filtersData.map(({ field, values }) => [field, values])) }
      : {}),
    current_filters: filters,
  };
}

/** The logs that documented parameters mean. Without a time: the last hour, as documented. */
export function logQueryOf(
  { start_time, end_time, is_test, all_envs, environment }: ListParameters,
  filters: readonly LogFilter[],
  keyEnvironment: 'production' | 'test',
  now: Date,
): LogQuery {
  const to = end_time ?? null;
  const named = environment === undefined ? keyEnvironment : environment === 'test' ? 'test' : 'production';
  const usual = all_envs && environment === undefined ? null : named;
  return {
    from: start_time ?? new Date((to ?? now).getTime() - HOUR_MS),
    to,
    environment: is_test === undefined ? usual : is_test ? 'test' : 'production',
    filters,
  };
}

function isById({ sort_by }: ListParameters): boolean {
  return sort_by === 'id' || sort_by === '-id';
}

/** The ids of a page, and one more where there is a next page. */
async function pageOf(ctx: Context, query: LogQuery, parameters: ListParameters): Promise<string[]> {
  const { page, page_size, cursor, sort_by } = parameters;
  const limit = page_size + 1;
  const skip = cursor ? 0 : (page - 1) * page_size;
  if (skip > SKIP_MAX) {
    throw new AppError('invalid_input', 'Pages reach 100,000 logs. Follow `next` to go on, or choose a shorter time.');
  }
  if (isById(parameters)) {
    return findLogIds(ctx, query, {
      direction: sort_by === 'id' ? 'newer' : 'older',
      from: cursor ?? null,
      limit,
      skip,
    });
  }
  const order = sort_by.startsWith('-') ? sql`DESC NULLS LAST` : sql`ASC NULLS LAST`;
  const rows = await patiently((on) =>
    queryRows(
      sql`SELECT log."id" FROM "RequestLog" AS log WHERE ${compileFilters(ctx, query)}
          ORDER BY ${sortColumn(sort_by.replace('-', ''))} ${order}, log."id" DESC LIMIT ${limit} OFFSET ${skip}`,
      z.object({ id: z.guid() }),
      on,
    ),
  );
  return rows.map(({ id }) => id);
}

const SORTED_BY: Readonly<Record<Exclude<Sort, 'id'>, Sql>> = {
  timestamp: COLUMNS.timestamp.sql,
  cost: COLUMNS.cost.sql,
  time_to_first_token: COLUMNS.time_to_first_token.sql,
  latency: COLUMNS.latency.sql,
  prompt_tokens: COLUMNS.prompt_tokens.sql,
  completion_tokens: COLUMNS.completion_tokens.sql,
  all_tokens: COLUMNS.total_request_tokens.sql,
  total_request_tokens: COLUMNS.total_request_tokens.sql,
  tokens_per_second: COLUMNS.tokens_per_second.sql,
};

function sortColumn(name: string): Sql {
  const found = Object.entries(SORTED_BY).find(([sort]) => sort === name);
  if (!found) throw new RangeError(`Nothing is sorted by ${name}.`);
  return found[1];
}
