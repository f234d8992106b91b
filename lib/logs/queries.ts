import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import type { LogQuery } from './filters/compile';
import { findLogIds, type Walk } from './filters/find';
import { queryOf } from './filters/period';
import { type LogFilters, type LogPage, type LogRow, logRow } from './schema';
import { searchBodies, searchFirstLines } from './search';

export const PAGE_SIZE = 50;

/**
 * A page of logs, newest first. Paging goes by id, so that rows arriving meanwhile neither repeat nor hide one.
 * Going back to where fewer than a page is newer answers the first page, which is what stands there.
 */
export async function listLogs(ctx: Context, filters: LogFilters, now = new Date()): Promise<LogPage> {
  const { environment, hasTraffic } = await resolveEnvironment(ctx, filters.environment);
  const find = finder(ctx, filters, queryOf(filters, environment, now));
  const page = filters.newer
    ? await newerPage(ctx, find, filters.newer)
    : await olderPage(ctx, find, filters.older ?? null);
  return { ...page, environment, hasTraffic };
}

type Page = Pick<LogPage, 'rows' | 'older' | 'newer'>;
/** Logs on a walk, and where to go on where the walk found less than there may be. */
export type Find = (walk: Walk) => Promise<{ readonly ids: readonly string[]; readonly next: string | null }>;

/** How the logs of an address are found. */
export function finder(ctx: Context, { q, in: place }: LogFilters, query: LogQuery): Find {
  if (!q) return async (walk) => ({ ids: await findLogIds(ctx, query, walk), next: null });
  const search = place === 'bodies' ? searchBodies : searchFirstLines;
  return (walk) => search(ctx, query, q, walk);
}

async function olderPage(ctx: Context, find: Find, before: string | null): Promise<Page> {
  const found = await find({ direction: 'older', from: before, limit: PAGE_SIZE + 1 });
  const ids = found.ids.slice(0, PAGE_SIZE);
  return {
    rows: await readRows(ctx, ids),
    older: found.ids.length > PAGE_SIZE ? (ids.at(-1) ?? null) : found.next,
    newer: before ? (ids[0] ?? before) : null,
  };
}

async function newerPage(ctx: Context, find: Find, after: string): Promise<Page> {
  const found = await find({ direction: 'newer', from: after, limit: PAGE_SIZE + 1 });
  if (found.ids.length <= PAGE_SIZE && found.next === null) return olderPage(ctx, find, null);
  const ids = found.ids.slice(0, PAGE_SIZE).reverse();
  return {
    rows: await readRows(ctx, ids),
    older: ids.at(-1) ?? null,
    newer: found.ids.length > PAGE_SIZE ? (ids[0] ?? null) : found.next,
  };
}

/** Rows of the table by id, newest first. */
export function readRows(ctx: Context, ids: readonly string[]): Promise<LogRow[]> {
  return queryRows(
    sql`SELECT ${rowColumns}, key."name" AS "keyName"
        FROM "RequestLog" AS log LEFT JOIN "ApiKey" AS key
          ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = log."apiKeyId"
        WHERE log."organizationId" = ${ctx.organizationId}::uuid AND log."id" = ANY(${[...ids]}::uuid[])
        ORDER BY log."id" DESC`,
    storedRow,
  );
}

/** The columns of a table row, of RequestLog "log". */
export const rowColumns = sql`log."id", log."environment", log."simulated", log."logMethod", log."stream", log."status",
  log."statusCode", log."errorCause", log."errorType", log."errorMessage", log."startedAt", log."provider",
  coalesce(log."model", log."requestedModel") AS "model", log."promptPreview", log."replyPreview",
  log."inputTokens" + coalesce(log."cacheReadTokens", 0) + coalesce(log."cacheWrite5mTokens", 0)
    + coalesce(log."cacheWrite1hTokens", 0) AS "promptTokens",
  log."outputTokens", log."usageEstimated", log."costNanoUsd", log."latencyMs", log."ttftMs", log."attemptCount",
  log."endpoint", log."stopReason", log."cacheReadTokens", log."customerIdentifier", log."threadIdentifier",
  log."apiKeyId" AS "keyId"`;

/** Timestamps arrive as dates and leave as milliseconds. */
export const storedTime = z.date().transform((date) => date.getTime());

const storedRow = logRow.extend({ startedAt: storedTime });
