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

/** The bodies of a log, or null where none were kept: logging was switched off for it, or its retention is over. */
export async function getPayload(ctx: Context, id: string): Promise<LogDetail['payload']> {
  if (!z.guid().safeParse(id).success) return null;
  const [found] = await queryRows(
    sql`SELECT "request", "response", "requestHeaders", "responseHeaders", "attempts" FROM "RequestPayload"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${id}::uuid`,
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
