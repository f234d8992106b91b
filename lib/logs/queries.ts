import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { queryRows, type Sql, sql } from '@/lib/db/sql';
import { compileFilters } from './filters/compile';
import { queryOf } from './filters/period';
import { type LogFilters, type LogPage, type LogRow, logRow } from './schema';

export const PAGE_SIZE = 50;

/**
 * A page of logs, newest first. Paging goes by id, so that rows arriving meanwhile neither repeat nor hide one.
 * Going back to where fewer than a page is newer answers the first page, which is what stands there.
 */
export async function listLogs(ctx: Context, filters: LogFilters, now = new Date()): Promise<LogPage> {
  const { environment, hasTraffic } = await resolveEnvironment(ctx, filters.environment);
  const matching = compileFilters(ctx, queryOf(filters, environment, now));
  const page = filters.newer
    ? await newerPage(ctx, matching, filters.newer)
    : await olderPage(ctx, matching, filters.older);
  return { ...page, environment, hasTraffic };
}

type Page = Pick<LogPage, 'rows' | 'older' | 'newer'>;

async function olderPage(ctx: Context, matching: Sql, before: string | undefined): Promise<Page> {
  const after = before ? sql`${matching} AND log."id" < ${before}::uuid` : matching;
  const found = await select(ctx, after, sql`DESC`);
  const rows = found.slice(0, PAGE_SIZE);
  return {
    rows,
    older: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null,
    newer: before ? (rows[0]?.id ?? before) : null,
  };
}

async function newerPage(ctx: Context, matching: Sql, after: string): Promise<Page> {
  const found = await select(ctx, sql`${matching} AND log."id" > ${after}::uuid`, sql`ASC`);
  if (found.length <= PAGE_SIZE) return olderPage(ctx, matching, undefined);
  const rows = found.slice(0, PAGE_SIZE).reverse();
  return { rows, older: rows.at(-1)?.id ?? null, newer: rows[0]?.id ?? null };
}

function select(ctx: Context, matching: Sql, direction: Sql): Promise<LogRow[]> {
  // The page is cut before the join, so that a key's name is looked up for fifty rows and no more.
  return queryRows(
    sql`WITH page AS (
          SELECT * FROM "RequestLog" AS log WHERE ${matching} ORDER BY log."id" ${direction} LIMIT ${PAGE_SIZE + 1}
        )
        SELECT ${rowColumns}, key."name" AS "keyName"
        FROM page AS log LEFT JOIN "ApiKey" AS key
          ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = log."apiKeyId"
        ORDER BY log."id" ${direction}`,
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
