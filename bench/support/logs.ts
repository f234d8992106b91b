import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { firstIdAt } from '@/lib/logs/partitions';

const LOOK_EVERY_MS = 100;
const countsSchema = z.object({ logs: z.coerce.number(), payloads: z.coerce.number() });

export interface Drained {
  /** Logs that were not in the database when the load ended. */
  readonly backlog: number;
  readonly drainedMs: number;
  /** Logs that never came; less than none when there are more than requests. */
  readonly missing: number;
}

/** Looks from outside whether each request has its log, body included. */
export class Logs {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(databaseUrl: string): Promise<Logs> {
    const client = new Client({ connectionString: databaseUrl, application_name: 'respan bench' });
    client.on('error', () => {});
    await client.connect();
    return new Logs(client);
  }

  /**
   * Waits until there are as many logs as requests.
   * @param since before the first of the requests
   */
  async drain(since: Date, requests: number, timeoutMs: number): Promise<Drained> {
    const startMs = performance.now();
    let backlog: number | null = null;
    for (;;) {
      const { logs, payloads } = await this.#counts(since);
      const missing = requests - Math.min(logs, payloads);
      backlog ??= missing;
      const drainedMs = performance.now() - startMs;
      if (missing <= 0 || drainedMs > timeoutMs) return { backlog, drainedMs, missing };
      await sleep(LOOK_EVERY_MS);
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  /** An id begins with its time, so the index finds them. */
  async #counts(since: Date): Promise<z.infer<typeof countsSchema>> {
    const { rows } = await this.#client.query(
      `SELECT (SELECT count(*) FROM "RequestLog" WHERE "id" >= $1) AS logs,
              (SELECT count(*) FROM "RequestPayload" WHERE "id" >= $1 AND ("request" IS NOT NULL OR "requestParts" IS NOT NULL) AND "response" IS NOT NULL) AS payloads`,
      [firstIdAt(since)],
    );
    return countsSchema.parse(rows[0]);
  }
}
