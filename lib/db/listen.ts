import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;
const HEARTBEAT_MS = 15_000;

export interface Listener {
  close(): Promise<void>;
}

/**
 * Hears a channel of PostgreSQL's NOTIFY, on a connection of its own that comes back when it breaks.
 * @param onReconnect called after each return: what was notified meanwhile is lost, so whatever was cached must be read again
 * @throws when the first connection fails; later ones are retried for ever
 */
export async function listen(
  databaseUrl: string,
  channel: string,
  onMessage: (payload: string) => void,
  onReconnect: () => void,
): Promise<Listener> {
  let closed = false;
  let client = await subscribe();

  async function subscribe(): Promise<Client> {
    const next = new Client({
      connectionString: databaseUrl,
      application_name: 'respan listen',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    next.on('error', () => {});
    next.on('notification', (message) => onMessage(message.payload ?? ''));
    try {
      await next.connect();
      await next.query(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end();
      throw error;
    }
    // A connection that a firewall dropped says nothing; only a question finds out.
    const heartbeat = setInterval(
      () => next.query('SELECT 1').catch(() => next.connection.stream.destroy()),
      HEARTBEAT_MS,
    );
    heartbeat.unref();
    next.once('end', () => {
      clearInterval(heartbeat);
      if (!closed) void resubscribe();
    });
    return next;
  }

  async function resubscribe(): Promise<void> {
    for (let delayMs = FIRST_RETRY_MS; !closed; delayMs = Math.min(delayMs * 2, LAST_RETRY_MS)) {
      // Spread out, or every process of a fleet would come back in the same instant.
      await sleep(delayMs * (0.5 + Math.random()), undefined, { ref: false });
      const next = await subscribe().catch(() => undefined);
      if (!next) continue;
      if (closed) return next.end();
      client = next;
      return onReconnect();
    }
  }

  return {
    async close() {
      closed = true;
      await client.end();
    },
  };
}
