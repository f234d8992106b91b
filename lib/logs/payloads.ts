import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { attemptSchema, type LogDetail } from './schema';

const headers = z.record(z.string(), z.string()).nullable().catch(null);

const row = z.object({
  request: z.string().nullable(),
  response: z.string().nullable(),
  requestHeaders: headers,
  responseHeaders: headers,
  attempts: z.array(attemptSchema).nullable().catch(null),
});

/** The request of a row of RequestPayload with the alias p: as it is, or put together from its parts. */
export const requestOf = sql`CASE WHEN p."requestParts" IS NULL THEN p."request" ELSE (
  SELECT CASE WHEN count(*) = count(part."content") THEN string_agg(part."content", '' ORDER BY n) END
  FROM generate_series(0, octet_length(p."requestParts") / 32 - 1) AS n
  LEFT JOIN "PayloadPart" part ON part."organizationId" = p."organizationId" AND part."day" = p."partsDay"
    AND part."digest" = substring(p."requestParts" FROM n * 32 + 1 FOR 32)
) END`;

/** The bodies of a log, or null where none were kept: logging was switched off for it, or its retention is over. */
export async function getPayload(ctx: Context, id: string): Promise<LogDetail['payload']> {
  if (!z.guid().safeParse(id).success) return null;
  const [found] = await queryRows(
    sql`SELECT ${requestOf} AS "request", "response", "requestHeaders", "responseHeaders", "attempts"
        FROM "RequestPayload" p WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${id}::uuid`,
    row,
  );
  return found ?? null;
}

/** What a page shows of a body at most, in characters: a prompt can have 32 MB, and a page is sent whole. */
const SHOWN = 200_000;

/** A log whose bodies are short enough for a page; their full lengths stay known. */
export function shortened(log: LogDetail): LogDetail {
  const { payload } = log;
  if (!payload) return log;
  const { request, response } = payload;
  return {
    ...log,
    payload: {
      ...payload,
      request: request?.slice(0, SHOWN) ?? null,
      response: response?.slice(0, SHOWN) ?? null,
      requestLength: request?.length,
      responseLength: response?.length,
    },
  };
}

const bodyRow = z.object({ id: z.guid(), request: z.string().nullable(), response: z.string().nullable() });

/** The bodies of several logs by log id, where any are kept. */
export async function getBodies(
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { request: string | null; response: string | null }>> {
  if (ids.length === 0) return new Map();
  const found = await queryRows(
    sql`SELECT "id", ${requestOf} AS "request", "response" FROM "RequestPayload" p
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ANY(${[...ids]}::uuid[])`,
    bodyRow,
  );
  return new Map(found.map(({ id, ...bodies }) => [id, bodies]));
}
