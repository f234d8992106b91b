import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { patiently } from '@/lib/db/patience';
import { queryRows, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { getBodies } from '../payloads';
import { storableJson } from '../storable';
import { type ApiLog, BODY_FIELDS, type Bodies, type StoredLog, storedLog, toApiLog } from './record';

/** A page can have a thousand logs, and each of them bodies of many megabytes. */
const BODIES_MAX_BYTES = 64 * 1_048_576;
const READ_TOGETHER = 10;

/**
 * Logs by id, in that order. Bodies are read until there are 64 MB of them; the logs after that have their previews
 * and `bodies_omitted`.
 * @param includeFields names of fields; all where it is not given. The id is always there.
 */
export async function readApiLogs(
  ctx: Context,
  ids: readonly string[],
  includeFields?: readonly string[],
): Promise<Partial<ApiLog>[]> {
  if (ids.length === 0) return [];
  const wantsBodies = includeFields?.some((name) => BODY_FIELDS.has(name)) ?? true;
  const names = includeFields && new Set([...includeFields, 'id', 'unique_id', 'bodies_omitted']);
  const stored = new Map((await readStored(ctx, ids)).map((log) => [log.id, log]));
  const found: Partial<ApiLog>[] = [];
  let bytes = 0;
  for (let at = 0; at < ids.length; at += READ_TOGETHER) {
    const some = ids.slice(at, at + READ_TOGETHER);
    const omitted = wantsBodies && bytes >= BODIES_MAX_BYTES ? { bodies_omitted: true as const } : null;
    const bodies = wantsBodies && !omitted ? await getBodies(ctx, some) : null;
    for (const log of some.flatMap((id) => stored.get(id) ?? [])) {
      const own = bodies?.get(log.id);
      bytes += sizeOf(own);
      const whole = { ...toApiLog(ctx.organizationId, log, own), ...omitted };
      found.push(names ? pick(whole, names) : whole);
    }
  }
  return found;
}

function sizeOf(bodies: Bodies | undefined): number {
  return Buffer.byteLength(bodies?.request ?? '') + Buffer.byteLength(bodies?.response ?? '');
}

/**
 * One log with everything, and how it was paid for.
 * @param name our id, or the unique_id its sender gave it
 * @throws AppError not_found where there is none, or it belongs to another organization
 */
export async function getApiLog(ctx: Context, name: string): Promise<ApiLog> {
  const id = await findLogId(ctx, name);
  const [[log], bodies, limitInfo] = await Promise.all([
    readStored(ctx, [id]),
    getBodies(ctx, [id]),
    limitInfoOf(ctx, id),
  ]);
  if (!log) throw logNotFound();
  return { ...toApiLog(ctx.organizationId, log, bodies.get(id)), respan_params: { limit_info: limitInfo } };
}

const idRow = z.object({ id: z.guid() });

/** @throws AppError not_found */
export async function findLogId(ctx: Context, name: string): Promise<string> {
  const isOurs = z.guid().safeParse(name).success;
  const spare = storableJson({ respan_fields: { unique_id: name } });
  const [found] = await queryRows(
    isOurs
      ? sql`SELECT "id" FROM "RequestLog" WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${name}::uuid`
      : sql`SELECT "id" FROM "RequestLog" WHERE "organizationId" = ${ctx.organizationId}::uuid AND "metadata" @> ${spare}::jsonb
            ORDER BY "id" DESC LIMIT 1`,
    idRow,
  );
  if (!found) throw logNotFound();
  return found.id;
}

export function logNotFound(): AppError {
  return new AppError('not_found', 'Log not found');
}

function readStored(ctx: Context, ids: readonly string[]): Promise<StoredLog[]> {
  return queryRows(
    sql`SELECT log.*, key."name" AS "keyName", credential."name" AS "credentialName"
        FROM "RequestLog" AS log
        LEFT JOIN "ApiKey" AS key
          ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = log."apiKeyId"
        LEFT JOIN "IntegrationKey" AS credential
          ON credential."organizationId" = ${ctx.organizationId}::uuid AND credential."id" = log."credentialId"
        WHERE log."organizationId" = ${ctx.organizationId}::uuid AND log."id" = ANY(${[...ids]}::uuid[])`,
    storedLog,
  );
}

const usd = z.string().transform((text) => nanoUsdToNumber(BigInt(text)));
const debitRow = z.object({ before: usd, after: usd });

/** The balance before and after, as the ledger shows them, where credits paid; no limits where they did not. */
async function limitInfoOf(ctx: Context, id: string) {
  const debit = await debitOf(ctx, id).catch((error: unknown) => {
    // An old log of a busy organization: the log itself is worth more than this.
    if (error instanceof AppError && error.code === 'invalid_input') return null;
    throw error;
  });
  if (!debit) return { is_allowed: true, limits: [] };
  const limit = { current_value: debit.before, new_value: debit.after, limit_value: 0 };
  return { is_allowed: true, limits: [{ name: 'org_credits', ...limit, is_within_limit: debit.after >= 0 }] };
}

/** What there is now without what came since: most logs that are looked at are of late. */
async function debitOf(ctx: Context, id: string) {
  const [debit] = await patiently((on) =>
    queryRows(
      sql`SELECT "after"::text, ("after" - "amountNanoUsd")::text AS "before" FROM (
            SELECT debit."amountNanoUsd", kept."balanceNanoUsd" - (
              SELECT coalesce(sum(later."amountNanoUsd"), 0) FROM "CreditTransaction" AS later
              WHERE later."organizationId" = ${ctx.organizationId}::uuid AND later."id" > debit."id"
            ) AS "after"
            FROM "CreditTransaction" AS debit JOIN "CreditBalance" AS kept ON kept."organizationId" = ${ctx.organizationId}::uuid
            WHERE debit."organizationId" = ${ctx.organizationId}::uuid AND debit."logId" = ${id}::uuid
          ) AS one`,
      debitRow,
      on,
    ),
  );
  return debit ?? null;
}

function pick(log: ApiLog, names: ReadonlySet<string>): Partial<ApiLog> {
  return Object.fromEntries(Object.entries(log).filter(([name]) => names.has(name)));
}
