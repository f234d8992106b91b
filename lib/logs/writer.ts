import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { AppError } from '@/lib/errors';
import type { Journal } from './journal';
import { type Outcome, sizeOf } from './outcome';
import { ensurePartitions } from './partitions';
import { writeBatch } from './writer-batch';
import { isAboutARow, withoutRow } from './writer-errors';

export interface WriterOptions {
  readonly databaseUrl: string;
  readonly journal: Journal;
  readonly onReport: (message: string, error?: unknown) => void;
  /** How long logs are gathered before they are written. */
  readonly lingerMs?: number;
}

/** A batch: what one transaction takes at most. */
const BATCH = { rows: 2000, bytes: 4 * 1024 * 1024 };
const LINGER_MS = 150;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5000;
const PARTITIONS_EVERY_MS = 60 * 60 * 1000;
const CONNECT_TIMEOUT_MS = 5000;
/** A connection that hangs (a network that swallows packets) must become an error sometime. */
const QUERY_TIMEOUT_MS = 60_000;

/** Moves logs from the journal to the database, for as long as the process lives. */
export function startLogWriter(options: WriterOptions): LogWriter {
  return new LogWriter(options);
}

export class LogWriter {
  readonly #options: WriterOptions;
  readonly #journal: Journal;
  readonly #loop: Promise<void>;
  #client: Client | undefined;
  #partitionsAt = 0;
  #retryMs = FIRST_RETRY_MS;
  #isAway = false;
  #isClosed = false;
  #isHurried = false;
  #isIdle = false;
  #wake: () => void = () => {};

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#journal = options.journal;
    this.#journal.onPending = () => {
      if (this.#isIdle) this.#wake();
    };
    this.#loop = this.#run();
  }

  /**
   * Resolves when everything that was accepted before is in the database.
   * @throws AppError unavailable when that takes longer than it may; the rest stays in the journal and is written later
   */
  async flush(timeoutMs = 10_000): Promise<void> {
    const { accepted } = this.#journal.counters();
    const deadline = Date.now() + timeoutMs;
    this.#isHurried = true;
    this.#wake();
    try {
      for (;;) {
        const { written, dead, pending } = this.#journal.counters();
        if (written + dead >= accepted) return;
        if (Date.now() > deadline || this.#isClosed) {
          throw new AppError('unavailable', `${pending} logs wait in the journal. They are written later.`);
        }
        await sleep(5);
      }
    } finally {
      this.#isHurried = false;
    }
  }

  /** Ends after the batch in hand. What is not written stays in the journal. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#journal.onPending = () => {};
    this.#wake();
    await this.#loop;
    await this.#client?.end().catch(() => {});
  }

  async #run(): Promise<void> {
    // The first log should not wait for a connection and partitions; where they cannot be had, writing it will tell.
    await this.#connected().catch(() => {});
    while (!this.#isClosed) {
      try {
        if (this.#journal.isEmpty) await this.#idle();
        else await this.#writeSome();
      } catch (error) {
        this.#options.onReport('Logs could not be read from the journal.', error);
        await this.#rest(LONGEST_RETRY_MS);
      }
    }
  }

  async #idle(): Promise<void> {
    this.#isIdle = true;
    await this.#rest();
    this.#isIdle = false;
    await this.#linger();
  }

  /** Lets logs gather: a transaction costs much the same for one as for a hundred. */
  async #linger(): Promise<void> {
    if (!this.#isHurried) await this.#rest(this.#options.lingerMs ?? LINGER_MS);
  }

  async #writeSome(): Promise<void> {
    const batch = await this.#journal.take(BATCH);
    if (batch.length > 0) await this.#deliver(batch);
    else if (!this.#journal.isEmpty) await this.#rest(LONGEST_RETRY_MS);
    const isFull =
      batch.length >= BATCH.rows || batch.reduce((sum, outcome) => sum + sizeOf(outcome), 0) >= BATCH.bytes;
    if (!isFull && !this.#journal.isEmpty) await this.#linger();
  }

  /** Tries until it succeeds or the writer is closed. */
  async #deliver(batch: readonly Outcome[]): Promise<void> {
    while (!this.#isClosed) {
      try {
        await writeBatch(await this.#connected(), batch);
        this.#onWritten();
        this.#journal.acknowledge(batch);
        return;
      } catch (error) {
        if (isAboutARow(error)) return this.#divide(batch, error);
        await this.#onAway(error);
      }
    }
  }

  /** Finds the row that the database refuses, and writes the others. */
  async #divide(batch: readonly Outcome[], error: unknown): Promise<void> {
    const [only] = batch;
    if (only && batch.length === 1) {
      return this.#journal.reject(only, withoutRow(error));
    }
    const middle = Math.ceil(batch.length / 2);
    await this.#deliver(batch.slice(0, middle));
    await this.#deliver(batch.slice(middle));
  }

  async #connected(): Promise<Client> {
    const client = this.#client ?? (await this.#connect());
    this.#client = client;
    if (Date.now() - this.#partitionsAt < PARTITIONS_EVERY_MS) return client;
    try {
      await ensurePartitions(client, new Date());
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      // The default partition takes the rows meanwhile.
      this.#options.onReport('Partitions for logs could not be made.', error);
    }
    this.#partitionsAt = Date.now();
    return client;
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#options.databaseUrl,
      application_name: 'respan logs',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
    });
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined;
    });
    await client.connect();
    return client;
  }

  #onWritten(): void {
    this.#retryMs = FIRST_RETRY_MS;
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#options.onReport('Logs are written to the database again.');
  }

  async #onAway(error: unknown): Promise<void> {
    if (!this.#isAway) {
      this.#isAway = true;
      this.#options.onReport('Logs cannot be written to the database. They wait in the journal.', withoutRow(error));
    }
    // Whatever state the connection is in, a new one is in a known one.
    void this.#client?.end().catch(() => {});
    this.#client = undefined;
    await this.#rest(this.#retryMs);
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }

  /** Sleeps until the time is over or something wakes it. */
  #rest(forMs?: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = forMs === undefined ? undefined : setTimeout(resolve, forMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
