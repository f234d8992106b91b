import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import type { LogQuery } from './filters/compile';
import { findLogIds } from './filters/find';
import { queryOf } from './filters/period';
import { type LogFilters, type LogPage, type LogRow, logRow } from './schema';

export const PAGE_SIZE = 50;

/**
 * A page of logs, newest first. Paging goes by id, so that rows arriving meanwhile neither repeat nor hide one.
 * Going back to where fewer than a page is newer answers the first page, which is what stands there.
 */
export async function listLogs(ctx: Context, filters: LogFilters, now = new Date()): Promise<LogPage> {
  const { environment, hasTraffic } = await resolveEnvironment(ctx, filters.environment);
  const query = queryOf(filters, environment, now);
  const page = filters.newer
    ? await newerPage(ctx, query, filters.newer)
    : await olderPage(ctx, query, filters.older ?? null);
  return { ...page, environment, hasTraffic };
}

type Page = Pick<LogPage, 'rows' | 'older' | 'newer'>;

async function olderPage(ctx: Context, query: LogQuery, before: string | null): Promise<Page> {
  const found = await findLogIds(ctx, query, { direction: 'older', from: before, limit: PAGE_SIZE + 1 });
  const ids = found.slice(0, PAGE_SIZE);
  return {
    rows: await readRows(ctx, ids),
    older: found.length > PAGE_SIZE ? (ids.at(-1) ?? null) : null,
    newer: before ? (ids[0] ?? before) : null,
  };
}

async function newerPage(ctx: Context, query: LogQuery, after: string): Promise<Page> {
  const found = await findLogIds(ctx, query, { direction: 'newer', from: after, limit: PAGE_SIZE + 1 });
  if (found.length <= PAGE_SIZE) return olderPage(ctx, query, null);
  const ids = found.slice(0, PAGE_SIZE).reverse();
  return { rows: await readRows(ctx, ids), older: ids.at(-1) ?? null, newer: ids[0] ?? null };
}

/** Rows of the table by id, newest first. */
function readRows(ctx: Context, ids: readonly string[]): Promise<LogRow[]> {
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
  log."apiKeyId" AS "keyId"`;

/** Timestamps arrive as dates and leave as milliseconds. */
export const storedTime = z.date().transform((date) => date.getTime());

const storedRow = logRow.extend({ startedAt: storedTime });
