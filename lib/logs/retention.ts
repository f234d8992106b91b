import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { z } from 'zod';
import { execute, identifier, type Queryable, queryRows, sql } from '@/lib/db/sql';
import { boundAt, LOG_TABLES, type LogTable } from './partitions';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows that one delete takes: what it locks and logs at once stays small whatever there is to delete. */
export const ROWS_A_DELETE = 1000;
/** Between two deletes, so that they are never most of the database's work. */
const PACE_MS = 50;
/** How long rollups by the minute are kept. */
const MINUTES_DAYS = 8;
/** Whoever asks for logs queues behind a lock that waits. */
const PATIENCE = { lock: "'2s'" };
const LOCK_NOT_AVAILABLE = '55P03';

/** Days that logs and their bodies are kept; 0 keeps them for good. */
export interface Retention {
  readonly logDays: number;
  readonly payloadDays: number;
}

export interface Pace {
  readonly paceMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Removes what is past its time: whole partitions where the installation's retention has passed, and row by row where an
 * organization keeps less. Rollups and the ledger stay. May be stopped at any point and run again.
 * @param on a connection of its own, outside a transaction
 */
export async function applyRetention(on: Queryable, retention: Retention, now: Date, pace: Pace = {}): Promise<void> {
  const payloadDays = payloadDaysOf(retention);
  const days = { RequestLog: retention.logDays, RequestPayload: payloadDays, PayloadPart: payloadDays };
  for (const table of LOG_TABLES) {
    if (days[table] > 0) await dropPartitions(on, table, daysBefore(now, days[table]), pace);
  }
  for (const { id, ...own } of await organizations(on)) {
    const payloadDays = payloadDaysOf(own);
    if (own.logDays > 0) await eraseOld(on, 'RequestLog', id, daysBefore(now, own.logDays), pace);
    if (payloadDays > 0) await eraseOld(on, 'RequestPayload', id, daysBefore(now, payloadDays), pace);
    if (payloadDays > 0) await eraseOld(on, 'PayloadPart', id, daysBefore(now, payloadDays), pace);
    await eraseMinutes(on, id, daysBefore(now, MINUTES_DAYS), pace);
  }
}

/** Bodies without their log would be out of reach, so they go with it. */
function payloadDaysOf({ logDays, payloadDays }: Retention): number {
  if (logDays === 0 || payloadDays === 0) return Math.max(logDays, payloadDays);
  return Math.min(logDays, payloadDays);
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** Drops partitions that hold nothing younger. When one can't be locked soon, the rest is left for the next time. */
async function dropPartitions(on: Queryable, table: LogTable, before: Date, pace: Pace): Promise<void> {
  const names = await queryRows(
    sql`SELECT "relname" AS "name" FROM pg_inherits JOIN pg_class ON pg_class."oid" = "inhrelid"
        WHERE "inhparent" = ${`"${table}"`}::regclass`,
    z.object({ name: z.string() }),
    on,
  );
  for (const { name } of names) {
    const end = endOf(table, name);
    if (!end || end > before) continue;
    await execute(sql`BEGIN`, on);
    try {
      await execute(sql`SET LOCAL lock_timeout = ${identifier(PATIENCE, 'lock')}`, on);
      await execute(sql`DROP TABLE ${identifier({ [name]: `"${name}"` }, name)}`, on);
      await execute(sql`COMMIT`, on);
    } catch (error) {
      await execute(sql`ROLLBACK`, on);
      if (!(error instanceof DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
      break;
    }
  }
  await eraseCaught(on, table, before, pace);
}

const NAME = /^(RequestLog|RequestPayload|PayloadPart)_(\d{4})_(\d{2})(?:_(\d{2}))?$/;

/** When a partition's period is over; null for what is none of ours. */
function endOf(table: LogTable, name: string): Date | null {
  const [, of, year, month, day] = NAME.exec(name) ?? [];
  if (of !== table) return null;
  if (day !== undefined) return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + 1));
  return new Date(Date.UTC(Number(year), Number(month), 1));
}

const DEFAULTS = {
  RequestLog: '"RequestLog_default"',
  RequestPayload: '"RequestPayload_default"',
  PayloadPart: '"PayloadPart_default"',
};

/** The default partition is never dropped; it holds rows of times that had no partition. */
async function eraseCaught(on: Queryable, table: LogTable, before: Date, pace: Pace): Promise<void> {
  const from = identifier(DEFAULTS, table);
  await eraseAll(pace, () =>
    execute(
      sql`DELETE FROM ${from} WHERE ctid IN (
            SELECT ctid FROM ${from} WHERE ${isOlder(table, before)} LIMIT ${ROWS_A_DELETE}
          )`,
      on,
    ),
  );
}

function organizations(on: Queryable) {
  return queryRows(
    sql`SELECT "id", coalesce("logRetentionDays", 0) AS "logDays", coalesce("payloadRetentionDays", 0) AS "payloadDays"
        FROM "Organization"`,
    z.object({ id: z.string(), logDays: z.number(), payloadDays: z.number() }),
    on,
  );
}

const TABLES = { RequestLog: '"RequestLog"', RequestPayload: '"RequestPayload"', PayloadPart: '"PayloadPart"' };
/** What tells a row's age, and what tells it from the others of its organization. */
const AGES = { RequestLog: '"id"', RequestPayload: '"id"', PayloadPart: '"day"' };
const TYPES = { RequestLog: 'uuid', RequestPayload: 'uuid', PayloadPart: 'date' };

/** Deletes an organization's rows of before. */
function eraseOld(on: Queryable, table: LogTable, organizationId: string, before: Date, pace: Pace): Promise<void> {
  const from = identifier(TABLES, table);
  const old = isOlder(table, before);
  // By tableoid too: a ctid is a place within one partition.
  return eraseAll(pace, () =>
    execute(
      sql`DELETE FROM ${from} WHERE (tableoid, ctid) IN (
            SELECT tableoid, ctid FROM ${from} WHERE "organizationId" = ${organizationId}::uuid AND ${old}
            LIMIT ${ROWS_A_DELETE}
          ) AND "organizationId" = ${organizationId}::uuid AND ${old}`,
      on,
    ),
  );
}

/** Of an id's own time, or of a whole day that is past. */
function isOlder(table: LogTable, before: Date) {
  return sql`${identifier(AGES, table)} < ${boundAt(table, before)}::${identifier(TYPES, table)}`;
}

const ROLLUPS = {
  Rollup: '"Rollup"',
  DimensionRollup: '"DimensionRollup"',
  AttemptRollup: '"AttemptRollup"',
};

/** Charts of more than a few hours read hours; minutes older than that are only weight. */
async function eraseMinutes(on: Queryable, organizationId: string, before: Date, pace: Pace): Promise<void> {
  for (const table of ['Rollup', 'DimensionRollup', 'AttemptRollup'] as const) {
    const from = identifier(ROLLUPS, table);
    await eraseAll(pace, () =>
      execute(
        sql`DELETE FROM ${from} WHERE ctid IN (
              SELECT ctid FROM ${from} WHERE "organizationId" = ${organizationId}::uuid AND "granularity" = 'minute'
              AND "bucketAt" < ${before} LIMIT ${ROWS_A_DELETE}
            )`,
        on,
      ),
    );
  }
}

/** Deletes a few rows at a time until there are no more. */
export async function eraseAll({ paceMs = PACE_MS, signal }: Pace, eraseSome: () => Promise<number>): Promise<void> {
  while (!signal?.aborted) {
    if ((await eraseSome()) < ROWS_A_DELETE) return;
    await sleep(paceMs);
  }
}
