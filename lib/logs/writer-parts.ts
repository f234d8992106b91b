import { LRUCache } from 'lru-cache';
import type { Client } from 'pg';
import { execute, sql } from '@/lib/db/sql';
import type { Outcome } from './outcome';
import { encodePart } from './rows';
import { copyRows } from './writer-copy';

/** What a connection has stored lately: an agent sends the same parts with every turn. Some 150 bytes each. */
const KNOWN = { max: 50_000, ttl: 60 * 60 * 1000 };
const knownOn = new WeakMap<Client, LRUCache<string, true>>();

/**
 * Stores the parts that these logs' requests are made of, where they are not there yet. To be called in the transaction that
 * writes the logs.
 * @returns to be called when that is committed
 */
export async function writeParts(client: Client, outcomes: readonly Outcome[]): Promise<() => void> {
  const known = knownOf(client);
  const rows = new Map<string, Buffer>();
  for (const { facts, row } of outcomes) {
    if (!row.parts) continue;
    const { day, list } = row.parts;
    for (const part of list) {
      const key = `${facts.organizationId}/${day}/${part.digest.toString('base64')}`;
      if (!known.has(key) && !rows.has(key)) rows.set(key, encodePart(facts.organizationId, day, part));
    }
  }
  if (rows.size === 0) return () => {};
  // One table for the life of the connection: making one with every batch would fill the catalog.
  await execute(sql`CREATE TEMP TABLE IF NOT EXISTS "incomingPart" (LIKE "PayloadPart") ON COMMIT DELETE ROWS`, client);
  await copyRows(client, 'incomingPart', [...rows.values()]);
  // In the order of the key: writers that lock in the same order cannot deadlock.
  await execute(
    sql`INSERT INTO "PayloadPart" SELECT * FROM pg_temp."incomingPart" ORDER BY "organizationId", "day", "digest"
        ON CONFLICT DO NOTHING`,
    client,
  );
  return () => {
    for (const key of rows.keys()) known.set(key, true);
  };
}

function knownOf(client: Client): LRUCache<string, true> {
  const known = knownOn.get(client) ?? new LRUCache<string, true>(KNOWN);
  knownOn.set(client, known);
  return known;
}
