import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { queryRows, sql } from '@/lib/db/sql';
import { conversationOf } from './conversation';
import { fitted } from './conversation-size';
import { getPayload } from './payloads';
import { readRows } from './queries';
import type { LogRow, Turn } from './schema';
import { storable } from './storable';

/** A page holds so many calls at most, the newest ones: each of them may be long. */
const SHOWN_CALLS = 60;
const CONCURRENT = 6;

/** One call of a conversation: what it added, and what the conversation had cost by then. */
export interface ThreadStep {
  readonly log: LogRow;
  readonly added: readonly Turn[];
  readonly reply: readonly Turn[];
  /** Nano-dollars as text, of the whole thread up to here; calls of unknown price count nothing. */
  readonly costSoFarNanoUsd: string;
}

export interface Thread {
  readonly id: string;
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly costNanoUsd: string;
  /** Oldest first. */
  readonly steps: readonly ThreadStep[];
}

const count = z.coerce.number().int();
const sums = z.object({ id: z.guid(), soFar: z.string(), calls: count, unpricedCalls: count });

/**
 * A conversation as it went: its last calls, and the sums of all of them. Null where the organization has no such thread.
 * @throws AppError invalid_input where it would take too long
 */
export async function getThread(ctx: Context, id: string): Promise<Thread | null> {
  const shown = await lastCalls(ctx, id);
  const last = shown.at(-1);
  if (!last) return null;
  const rows = await readRows(
    ctx,
    shown.map((call) => call.id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const steps: ThreadStep[] = [];
  for (let at = 0; at < shown.length; at += CONCURRENT) {
    const some = shown.slice(at, at + CONCURRENT).map(async (call) => {
      const log = byId.get(call.id);
      return log && { log, ...(await said(ctx, call.id)), costSoFarNanoUsd: call.soFar };
    });
    steps.push(...(await Promise.all(some)).filter((step) => step !== undefined));
  }
  return { id, calls: last.calls, unpricedCalls: last.unpricedCalls, costNanoUsd: last.soFar, steps };
}

/** Oldest first. What they all come to is summed by the database: a thread can have any number of calls. */
async function lastCalls(ctx: Context, id: string): Promise<z.output<typeof sums>[]> {
  const calls = await patiently((on) =>
    queryRows(
      sql`SELECT log."id", count(*) OVER () AS "calls", count(*) OVER () - count(log."costNanoUsd") OVER () AS "unpricedCalls",
            coalesce(sum(log."costNanoUsd") OVER (ORDER BY log."id"), 0)::text AS "soFar"
          FROM "RequestLog" AS log
          WHERE log."organizationId" = ${ctx.organizationId}::uuid AND log."threadIdentifier" = ${storable(id)}
          ORDER BY log."id" DESC LIMIT ${SHOWN_CALLS}`,
      sums,
      on,
    ),
  );
  return calls.reverse();
}

/** A call sends the whole history again: what it adds is what stands after the model's last turn. */
async function said(ctx: Context, id: string): Promise<Pick<ThreadStep, 'added' | 'reply'>> {
  const { request = null, response = null } = (await getPayload(ctx, id)) ?? {};
  const { prompt, reply } = fitted(conversationOf({ request, response }));
  const lastReply = prompt.findLastIndex(({ role }) => role === 'assistant');
  const added = prompt.slice(lastReply + 1).filter(({ role }) => role !== 'system' && role !== 'developer');
  return { added, reply };
}
