import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { pool } from '@/lib/db/client';
import { empty, execute, type Queryable, type Sql, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { KEPT_UNDER } from '../filters/columns';
import { notePartsOf } from '../part-sweep';
import { storable, storableJson } from '../storable';
import { isAboutARow } from '../writer-errors';
import { findLogId, logNotFound } from './read';
import type { LogChanges } from './schema';

const METADATA_MAX = 100_000;

/**
 * Adds to a log what its reader has to say about it. What happened can't be changed.
 * @throws AppError not_found; invalid_input where the metadata grows too large or too deep
 */
export async function changeLog(ctx: Context, name: string, changes: LogChanges): Promise<void> {
  const isOurs = z.guid().safeParse(name).success;
  try {
    await apply(ctx, isOurs ? name : await findLogId(ctx, name), changes, pool());
  } catch (cause) {
    if (!isAboutARow(cause) && !(cause instanceof RangeError)) throw cause;
    throw new AppError('invalid_input', 'The metadata can not be stored: it is nested too deeply.', { cause });
  }
}

export interface BatchResult {
  readonly updated: number;
  readonly errors: readonly { readonly index: number; readonly unique_id: string; readonly detail: string }[];
}

/** Each log by itself: one that is not there does not keep the others from being changed. */
export async function changeLogs(
  ctx: Context,
  logs: readonly (LogChanges & { unique_id: string })[],
): Promise<BatchResult> {
  const errors: { index: number; unique_id: string; detail: string }[] = [];
  for (const [index, { unique_id, ...changes }] of logs.entries()) {
    try {
      await changeLog(ctx, unique_id, changes);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      errors.push({ index, unique_id, detail: error.message });
    }
  }
  return { updated: logs.length - errors.length, errors };
}

/**
 * Removes a log and its bodies; parts of the request that others may share go later. What it counted and cost stays in the rollups and in the ledger: a deleted log was still made
 * and paid for.
 * @throws AppError not_found
 */
export async function deleteLog(ctx: Context, name: string): Promise<void> {
  const id = await findLogId(ctx, name);
  const client = await pool().connect();
  try {
    await execute(sql`BEGIN`, client);
    await notePartsOf(ctx, id, client);
    for (const table of [sql`"RequestPayload"`, sql`"RequestLog"`]) {
      await execute(
        sql`DELETE FROM ${table} WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${id}::uuid`,
        client,
      );
    }
    await execute(sql`COMMIT`, client);
  } catch (error) {
    await execute(sql`ROLLBACK`, client).catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function apply(ctx: Context, id: string, changes: LogChanges, on: Queryable): Promise<void> {
  const { metadata, custom_identifier, ...kept } = changes;
  const { [KEPT_UNDER]: _, ...own } = metadata ?? {};
  const said = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  const changed = Object.keys(own).length > 0 || Object.keys(said).length > 0;
  const grown = changed ? merged(own, said) : sql`"metadata"`;
  const touched = await execute(
    sql`UPDATE "RequestLog" SET "metadata" = ${grown}
          ${custom_identifier === undefined ? empty : sql`, "customIdentifier" = ${custom_identifier && storable(custom_identifier)}`}
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ${id}::uuid
          AND octet_length((${grown})::text) <= ${METADATA_MAX} IS NOT FALSE`,
    on,
  );
  if (touched > 0) return;
  await findLogId(ctx, id).catch(() => {
    throw logNotFound();
  });
  throw new AppError('invalid_input', `The metadata would have more than ${METADATA_MAX} characters as JSON.`);
}

/** The caller's members beside the others, and ours within their own. */
function merged(own: Readonly<Record<string, unknown>>, said: Readonly<Record<string, unknown>>): Sql {
  const added = sql`coalesce("metadata", '{}'::jsonb) || ${storableJson(own)}::jsonb`;
  if (Object.keys(said).length === 0) return sql`(${added})`;
  const inner = sql`coalesce("metadata" -> ${KEPT_UNDER}::text, '{}'::jsonb) || ${storableJson(said)}::jsonb`;
  return sql`(${added} || jsonb_build_object(${KEPT_UNDER}::text, ${inner}))`;
}
