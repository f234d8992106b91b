import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { identifier } from '@/lib/db/sql';
import type { Outcome } from './outcome';
import { LOG_COLUMNS, PART_COLUMNS, PAYLOAD_COLUMNS } from './rows';
import { COPY_HEADER, COPY_TRAILER } from './rows-binary';

/** What is handed to the socket at once: copying more in one go would hold the event loop. */
const CHUNK_BYTES = 128 * 1024;

const TARGETS = {
  RequestLog: `"RequestLog" (${quoted(LOG_COLUMNS)})`,
  RequestPayload: `"RequestPayload" (${quoted(PAYLOAD_COLUMNS)})`,
  incomingLog: `pg_temp."incomingLog" (${quoted(LOG_COLUMNS)})`,
  incomingPart: `pg_temp."incomingPart" (${quoted(PART_COLUMNS)})`,
  incomingPayload: `pg_temp."incomingPayload" (${quoted(PAYLOAD_COLUMNS)})`,
} as const;

export type CopyTarget = keyof typeof TARGETS;

/** Sends encoded rows to a table. @throws DatabaseError when it refuses one */
export async function copyRows(client: Client, target: CopyTarget, rows: readonly Buffer[]): Promise<void> {
  if (rows.length === 0) return;
  const stream = client.query(copyFrom(`COPY ${identifier(TARGETS, target).sql} FROM STDIN (FORMAT binary)`));
  const done = new Promise<void>((resolve, reject) => stream.on('finish', resolve).on('error', reject));
  // Awaited below; until then a refusal must not count as unhandled.
  done.catch(() => {});
  for (const chunk of chunks([COPY_HEADER, ...rows, COPY_TRAILER])) {
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done]);
  }
  stream.end();
  await done;
}

export function logRows(outcomes: readonly Outcome[]): Buffer[] {
  return outcomes.map(({ row }) => row.log);
}

export function payloadRows(outcomes: readonly Outcome[]): Buffer[] {
  return outcomes.flatMap(({ row }) => row.payload ?? []);
}

function* chunks(rows: readonly Buffer[]): Generator<Buffer> {
  let gathered: Buffer[] = [];
  let bytes = 0;
  for (const row of rows) {
    gathered.push(row);
    bytes += row.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(gathered, bytes);
    gathered = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(gathered, bytes);
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
