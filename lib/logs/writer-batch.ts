import { type Client, DatabaseError } from 'pg';
import { z } from 'zod';
import { debitUsage } from '@/lib/credits/debit';
import { execute, queryRows, sql } from '@/lib/db/sql';
import { enqueueLogs } from '@/lib/webhooks/enqueue';
import { LOGS_CHANNEL } from './channel';
import type { Outcome } from './outcome';
import { rollUp } from './rollups';
import { addToRollups } from './rollups-write';
import { copyRows, logRows, payloadRows } from './writer-copy';
import { writeParts } from './writer-parts';

/** A notification holds at most 8000 bytes; 200 ids take 7801. */
const IDS_A_NOTIFICATION = 200;
const UNIQUE_VIOLATION = '23505';

/**
 * Writes logs, payloads, rollups and ledger in one transaction. A log that is there already adds to nothing.
 * @throws DatabaseError or a connection's error; nothing of the batch is written then
 */
export async function writeBatch(client: Client, outcomes: readonly Outcome[]): Promise<void> {
  const batch = distinct(outcomes);
  try {
    await inTransaction(client, () => writeNew(client, batch));
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
    await inTransaction(client, () => writeMissing(client, batch));
  }
}

/** One outcome an id, real ones before those that replay made up. */
function distinct(outcomes: readonly Outcome[]): Outcome[] {
  const byId = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome.facts.organizationId, outcome.id);
    if (byId.get(key)?.isInterrupted ?? true) byId.set(key, outcome);
  }
  return [...byId.values()];
}

/** Nearly always right, and several times as fast as asking first. */
async function writeNew(client: Client, outcomes: readonly Outcome[]): Promise<Committed> {
  await copyRows(client, 'RequestLog', logRows(outcomes));
  await copyRows(client, 'RequestPayload', payloadRows(outcomes));
  return writeConsequences(client, outcomes);
}

/** After a replay some are there already: only those that were really inserted may count. */
async function writeMissing(client: Client, outcomes: readonly Outcome[]): Promise<Committed> {
  await execute(sql`CREATE TEMP TABLE "incomingLog" (LIKE "RequestLog") ON COMMIT DROP`, client);
  await copyRows(client, 'incomingLog', logRows(outcomes));
  const inserted = await queryRows(
    sql`INSERT INTO "RequestLog" SELECT * FROM pg_temp."incomingLog" ON CONFLICT DO NOTHING RETURNING "organizationId", "id"`,
    z.object({ organizationId: z.string(), id: z.string() }),
    client,
  );
  const keys = new Set(inserted.map(({ organizationId, id }) => keyOf(organizationId, id)));
  const missing = outcomes.filter((outcome) => keys.has(keyOf(outcome.facts.organizationId, outcome.id)));
  await execute(sql`CREATE TEMP TABLE "incomingPayload" (LIKE "RequestPayload") ON COMMIT DROP`, client);
  await copyRows(client, 'incomingPayload', payloadRows(missing));
  await execute(
    sql`INSERT INTO "RequestPayload" SELECT * FROM pg_temp."incomingPayload" ON CONFLICT DO NOTHING`,
    client,
  );
  return writeConsequences(client, missing);
}

/** Rollups last: the rows of the current minute, hour and day are what concurrent writers wait for. */
async function writeConsequences(client: Client, outcomes: readonly Outcome[]): Promise<Committed> {
  const committed = await writeParts(client, outcomes);
  await debitUsage(
    outcomes.flatMap((outcome) => outcome.debit ?? []),
    client,
  );
  await enqueueLogs(
    outcomes.map(({ id, facts: { organizationId, environment } }) => ({ id, organizationId, environment })),
    client,
  );
  await notify(client, outcomes);
  await addToRollups(rollUp(outcomes.map((outcome) => outcome.facts)), client);
  return committed;
}

async function notify(client: Client, outcomes: readonly Outcome[]): Promise<void> {
  const ids = [...new Set(outcomes.map((outcome) => outcome.facts.organizationId))];
  const payloads: string[] = [];
  for (let at = 0; at < ids.length; at += IDS_A_NOTIFICATION) {
    payloads.push(JSON.stringify(ids.slice(at, at + IDS_A_NOTIFICATION)));
  }
  await execute(
    sql`SELECT pg_notify(${LOGS_CHANNEL}, "payload") FROM unnest(${payloads}::text[]) AS n ("payload")`,
    client,
  );
}

/** What is to be noted once the work is in the database for good. */
type Committed = () => void;

async function inTransaction(client: Client, work: () => Promise<Committed>): Promise<void> {
  await execute(sql`BEGIN`, client);
  try {
    const committed = await work();
    await execute(sql`COMMIT`, client);
    committed();
  } catch (error) {
    await execute(sql`ROLLBACK`, client).catch(() => {});
    throw error;
  }
}

function keyOf(organizationId: string, id: string): string {
  return `${organizationId}/${id}`;
}
