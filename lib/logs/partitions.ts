import { z } from 'zod';
import { execute, identifier, type Queryable, queryRows, sql } from '@/lib/db/sql';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Held while partitions are made, so that of several processes one does it. */
const LOCK_KEY = 72707370;
/** Whoever asks for logs queues behind a lock that waits: better to come back later, when no long query is in the way. */
const PATIENCE = { lock: "'2s'" };

interface Period {
  /** Of the partition: "<table>_<yyyy>_<mm>" or "<table>_<yyyy>_<mm>_<dd>" in UTC, so that retention can tell its age. */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

/**
 * Makes the partitions that logs of now and the near future go to: RequestLog by month, this one and the next two;
 * RequestPayload and PayloadPart by day, today and the next three. Safe to run at any time, in any number of processes.
 * @param since makes those of the past as well, from this time on
 */
export async function ensurePartitions(on: Queryable, now: Date, since: Date = now): Promise<void> {
  await ensure(on, 'RequestLog', months(since, addMonths(now, 2)));
  const until = new Date(now.getTime() + 3 * DAY_MS);
  await ensure(on, 'RequestPayload', days('RequestPayload', since, until));
  await ensure(on, 'PayloadPart', days('PayloadPart', since, until));
}

const TABLES = { RequestLog: '"RequestLog"', RequestPayload: '"RequestPayload"', PayloadPart: '"PayloadPart"' };
const DEFAULTS = {
  RequestLog: '"RequestLog_default"',
  RequestPayload: '"RequestPayload_default"',
  PayloadPart: '"PayloadPart_default"',
};
/** What each is partitioned by: an id that begins with its time, or a day. */
const KEYS = { RequestLog: '"id"', RequestPayload: '"id"', PayloadPart: '"day"' };
const TYPES = { RequestLog: 'uuid', RequestPayload: 'uuid', PayloadPart: 'date' };

export const LOG_TABLES = ['RequestLog', 'RequestPayload', 'PayloadPart'] as const;
export type LogTable = (typeof LOG_TABLES)[number];

async function ensure(on: Queryable, table: LogTable, periods: readonly Period[]): Promise<void> {
  for (const period of await missing(on, table, periods)) {
    await execute(sql`BEGIN`, on);
    try {
      await execute(sql`SELECT pg_advisory_xact_lock(${LOCK_KEY})`, on);
      await execute(sql`SET LOCAL lock_timeout = ${identifier(PATIENCE, 'lock')}`, on);
      if ((await missing(on, table, [period])).length > 0) await create(on, table, period);
      await execute(sql`COMMIT`, on);
    } catch (error) {
      await execute(sql`ROLLBACK`, on).catch(() => {});
      throw error;
    }
  }
}

/** Read from the catalog's rows: to_regclass may answer from a cache that does not know what another process just made. */
async function missing(on: Queryable, table: LogTable, periods: readonly Period[]): Promise<Period[]> {
  const rows = await queryRows(
    sql`SELECT "relname" AS "name" FROM pg_inherits JOIN pg_class ON pg_class."oid" = "inhrelid"
        WHERE "inhparent" = ${TABLES[table]}::regclass`,
    z.object({ name: z.string() }),
    on,
  );
  const present = new Set(rows.map((row) => row.name));
  return periods.filter((period) => !present.has(period.name));
}

/**
 * Attached after it is made, because that lets writers go on. Rows of this period that the default partition caught
 * (no process was there to make the partition in time) move over: otherwise they would forbid it forever.
 */
async function create(on: Queryable, table: LogTable, { name, from, to }: Period): Promise<void> {
  const parent = identifier(TABLES, table);
  const byDefault = identifier(DEFAULTS, table);
  const partition = identifier({ [name]: `"${name}"` }, name);
  // Bounds cannot be parameters; these are digits of our own making.
  const bounds = { from: `'${boundAt(table, from)}'`, to: `'${boundAt(table, to)}'` };
  const key = identifier(KEYS, table);
  const type = identifier(TYPES, table);
  const first = identifier(bounds, 'from');
  const last = identifier(bounds, 'to');
  await execute(sql`LOCK TABLE ${byDefault} IN SHARE ROW EXCLUSIVE MODE`, on);
  await execute(sql`CREATE TABLE ${partition} (LIKE ${parent} INCLUDING ALL)`, on);
  await execute(
    sql`WITH caught AS (DELETE FROM ${byDefault} WHERE ${key} >= ${first}::${type} AND ${key} < ${last}::${type} RETURNING *)
        INSERT INTO ${partition} SELECT * FROM caught`,
    on,
  );
  await execute(sql`ALTER TABLE ${parent} ATTACH PARTITION ${partition} FOR VALUES FROM (${first}) TO (${last})`, on);
}

/** The value that separates the rows of before a time from those after it. */
export function boundAt(table: LogTable, at: Date): string {
  return table === 'PayloadPart' ? at.toISOString().slice(0, 10) : firstIdAt(at);
}

/** The day of a UUIDv7: its start in UTC, milliseconds since the epoch. */
export function dayOf(id: string): number {
  const at = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return at - (at % DAY_MS);
}

/** The last time that an id can begin with. */
const LAST_MS = 2 ** 48 - 1;

/**
 * The smallest UUIDv7 of a time, and so the bound of a partition: its first 48 bits are milliseconds since the epoch.
 * Of times that no id can hold, the nearest that one can.
 */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, Math.min(LAST_MS, at.getTime())).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

function months(from: Date, to: Date): Period[] {
  const periods: Period[] = [];
  for (let at = addMonths(from, 0); at <= to; at = addMonths(at, 1)) {
    const name = `RequestLog_${at.toISOString().slice(0, 7).replaceAll('-', '_')}`;
    periods.push({ name, from: at, to: addMonths(at, 1) });
  }
  return periods;
}

function addMonths(at: Date, count: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1));
}

function days(table: 'RequestPayload' | 'PayloadPart', from: Date, to: Date): Period[] {
  const periods: Period[] = [];
  for (let at = from.getTime() - (from.getTime() % DAY_MS); at <= to.getTime(); at += DAY_MS) {
    const name = `${table}_${new Date(at).toISOString().slice(0, 10).replaceAll('-', '_')}`;
    periods.push({ name, from: new Date(at), to: new Date(at + DAY_MS) });
  }
  return periods;
}
