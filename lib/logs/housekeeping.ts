import { Client } from 'pg';
import { z } from 'zod';
import { queryRows, sql } from '@/lib/db/sql';
import { sweepParts } from './part-sweep';
import { applyRetention, type Retention } from './retention';

export interface HousekeepingOptions {
  readonly databaseUrl: string;
  readonly retention: Retention;
  readonly report: (message: string, error?: unknown) => void;
  /** Milliseconds from one round to the next. */
  readonly everyMs?: number;
  /** Milliseconds to the first round: a start has better things to do. */
  readonly firstAfterMs?: number;
}

const HOUR_MS = 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** Of all processes on the database one does it. */
const LOCK_KEY = 72707371;

export interface Housekeeping {
  /** Ends after the delete in hand. */
  stop(): Promise<void>;
}

/** Removes what is past its retention, and what deleted logs have left, for as long as the process lives. */
export function startHousekeeping(options: HousekeepingOptions): Housekeeping {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(round, options.firstAfterMs ?? MINUTE_MS).unref();

  function round(): void {
    running = clean(options, stopping.signal)
      .catch((error) => options.report('What is past its retention could not be removed.', error))
      .finally(() => {
        if (!stopping.signal.aborted) timer = setTimeout(round, options.everyMs ?? HOUR_MS).unref();
      });
  }

  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

async function clean({ databaseUrl, retention, report }: HousekeepingOptions, signal: AbortSignal): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'respan housekeeping',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', (error) => report('The connection for housekeeping broke.', error));
  await client.connect();
  try {
    const [lock] = await queryRows(
      sql`SELECT pg_try_advisory_lock(${LOCK_KEY}) AS "mine"`,
      z.object({ mine: z.boolean() }),
      client,
    );
    if (!lock?.mine) return;
    await applyRetention(client, retention, new Date(), { signal });
    await sweepParts(client, new Date(), { signal });
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}
