import { mkdirSync } from 'node:fs';
import { appendFile, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@/lib/errors';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';
import { JournalFile } from './journal-file';
import { outcomeLine } from './journal-line';
import { beat, claimDead, type Home, leaveHome, openHome } from './journal-owner';
import { type Limit, OutcomeQueue } from './journal-queue';
import { interruptedRecord, readLegacy } from './journal-replay';
import type { Segment } from './journal-segment';
import { encodeOutcome, type Outcome } from './outcome';

export interface JournalOptions {
  /** Where the processes that share it keep their folders. */
  readonly dir: string;
  readonly report: (message: string, error?: unknown) => void;
  /** A file is ended when it has this size. */
  readonly segmentBytes?: number;
  /** Memory for encoded logs that wait for the database; the rest waits on disk. */
  readonly heldBytes?: number;
}

export interface JournalCounters {
  /** Outcomes taken since the start, those of dead processes included. */
  readonly accepted: number;
  /** Of them in the database. */
  readonly written: number;
  /** Of them waiting. */
  readonly pending: number;
  /** Of them refused for good: they are in dead.jsonl. */
  readonly dead: number;
}

const DEFAULT_SEGMENT_BYTES = 16 * 1024 * 1024;
const DEFAULT_HELD_BYTES = 64 * 1024 * 1024;
const LOOK_AROUND_MS = 5000;
const SYNC_MS = 1000;

/** Opens this process's journal and takes over what dead processes left in the same place. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const journal = new Journal(options);
  await journal.adopt();
  return journal;
}

/** Append-only files that hold every log until it is in the database. */
export class Journal {
  /** Called whenever there is something to take. */
  onPending: () => void = () => {};
  #accepted = 0;
  #written = 0;
  #dead = 0;
  readonly #options: JournalOptions;
  readonly #home: Home;
  readonly #file: JournalFile;
  readonly #queue: OutcomeQueue;
  readonly #maxBytes: number;
  readonly #timers: NodeJS.Timeout[];
  /** Folders of dead processes with the number of files in them that still matter. */
  readonly #adopted = new Map<string, number>();
  #claimed: string[] = [];
  readonly #removals = new Set<Promise<void>>();
  #adopting: Promise<void> | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#home = openHome(options.dir);
    this.#maxBytes = options.heldBytes ?? DEFAULT_HELD_BYTES;
    this.#queue = new OutcomeQueue(this.#maxBytes, (...found) => this.#onUnreadable(...found));
    this.#file = new JournalFile({
      dir: this.#home.path,
      segmentBytes: options.segmentBytes ?? DEFAULT_SEGMENT_BYTES,
      onRetire: (segment) => this.#retire(segment),
      report: options.report,
    });
    this.#timers = [setInterval(() => this.#lookAround(), LOOK_AROUND_MS), setInterval(() => this.#sync(), SYNC_MS)];
    for (const timer of this.#timers) timer.unref();
  }

  /** @throws AppError unavailable while the journal cannot be written */
  intend(intent: LogIntent): void {
    try {
      this.#file.intend(intent);
    } catch (cause) {
      throw new AppError('unavailable', 'Logs cannot be written at the moment, so no call can be made. Try again.', {
        cause,
      });
    }
  }

  /** Takes an outcome; it survives the end of the process once this returns. Never throws. */
  settle(record: LogRecord): void {
    this.#accepted++;
    let line: string | undefined;
    try {
      line = outcomeLine(record);
      this.#accept(record, line);
    } catch (error) {
      this.#dead++;
      this.#options.report(`Log ${record.id} cannot be stored.`, error);
      if (line) void this.#bury(line, error);
    }
  }

  /** Whether there is nothing to take at the moment. */
  get isEmpty(): boolean {
    return this.#queue.isEmpty;
  }

  /** The oldest outcomes. Each must be acknowledged or rejected; until then it is kept. */
  take(limit: Limit): Promise<Outcome[]> {
    return this.#queue.take(limit);
  }

  /** They are in the database, for good. */
  acknowledge(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) this.#finish(outcome);
    this.#written += outcomes.length;
  }

  /** The database will never take it: it goes to dead.jsonl with the reason. */
  async reject(outcome: Outcome, reason: unknown): Promise<void> {
    const line = outcome.line ?? (await readPlace(outcome));
    await this.#bury(line, reason);
    this.#finish(outcome);
    this.#dead++;
  }

  counters(): JournalCounters {
    const pending = this.#accepted - this.#written - this.#dead;
    return { accepted: this.#accepted, written: this.#written, pending, dead: this.#dead };
  }

  /** Takes over what processes that died left in the same place. */
  adopt(): Promise<void> {
    this.#adopting ??= this.#adopt().finally(() => {
      this.#adopting = undefined;
    });
    return this.#adopting;
  }

  /** Syncs and lets go. What is not in the database yet stays for the next process. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#adopting;
    await this.#file.close();
    await Promise.all(this.#removals);
    leaveHome(this.#home);
  }

  #accept(record: LogRecord, line: string): void {
    const place = this.#file.settle(record.id, line);
    if (place && !this.#queue.hasRoom) {
      this.#queue.leave(place);
    } else {
      const outcome = this.#encode(record, place?.segment);
      outcome.place = place;
      if (!place) this.#keep(outcome, line);
      this.#queue.hold(outcome);
    }
    this.onPending();
  }

  #encode(record: LogRecord, segment: Segment | undefined): Outcome {
    try {
      return encodeOutcome(record);
    } catch (error) {
      if (segment) this.#release(segment);
      throw error;
    }
  }

  /** @throws Error when neither disk nor memory has room: then the log goes, so that the process can stay */
  #keep(outcome: Outcome, line: string): void {
    if (this.#queue.heldBytes > 4 * this.#maxBytes) throw new Error('The disk refuses it and the memory is full.');
    outcome.line = line;
    this.#file.keep(outcome);
  }

  #finish(outcome: Outcome): void {
    this.#queue.release(outcome);
    outcome.line = null;
    if (outcome.place) this.#release(outcome.place.segment);
  }

  #release(segment: Segment): void {
    segment.outstanding--;
    if (segment.isDrained) this.#retire(segment);
  }

  #retire(segment: Segment): void {
    if (!segment.isDrained) return;
    if (segment.isActive) this.#file.tidy();
    else this.#remove(segment.path);
  }

  #remove(path: string): void {
    const folder = dirname(path);
    const left = (this.#adopted.get(folder) ?? 0) - 1;
    if (this.#adopted.has(folder)) this.#adopted.set(folder, left);
    const isLast = this.#adopted.has(folder) && left === 0;
    if (isLast) this.#adopted.delete(folder);
    const removal = rm(isLast ? folder : path, { recursive: true, force: true })
      .catch((error) => this.#options.report('A journal file that is done with could not be removed.', error))
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  async #adopt(): Promise<void> {
    const folders = [...this.#claimed.splice(0), ...claimDead(this.#options.dir, this.#home)];
    for (const folder of folders) {
      try {
        await this.#takeOver(folder);
      } catch (error) {
        this.#claimed.push(folder);
        this.#options.report('The journal of a process that died cannot be read.', error);
      }
    }
    if (!this.isEmpty) this.onPending();
  }

  async #takeOver(folder: string): Promise<void> {
    const { segments, intents } = await readLegacy(folder);
    this.#adopted.set(folder, segments.length + 1);
    for (const segment of segments) {
      this.#accepted += segment.outstanding;
      if (segment.outstanding > 0) this.#queue.leave({ segment, offset: 0, length: segment.size });
      else this.#retire(segment);
    }
    for (const intent of intents) this.settle(interruptedRecord(intent));
    this.#remove(join(folder, 'owner.json'));
  }

  #lookAround(): void {
    try {
      beat(this.#home);
    } catch (error) {
      this.#options.report('The journal folder of this process is gone.', error);
    }
    void this.adopt();
  }

  #sync(): void {
    this.#file.sync().catch((error) => this.#options.report('The journal could not be synced to disk.', error));
  }

  /** @returns whether a whole segment is to be given up */
  #onUnreadable(segment: Segment, error: unknown, line?: Buffer): boolean {
    if (line) {
      this.#dead++;
      void this.#bury(line.toString('utf8'), error);
      this.#release(segment);
      return false;
    }
    this.#options.report(`The journal file ${segment.path} cannot be read.`, error);
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isGone) return false;
    this.#dead += segment.outstanding;
    segment.outstanding = 0;
    return true;
  }

  async #bury(line: string, reason: unknown): Promise<void> {
    const message = reason instanceof Error ? reason.message : String(reason);
    const entry = JSON.stringify({ at: new Date().toISOString(), reason: message, line: line.trimEnd() });
    try {
      await appendFile(join(this.#options.dir, 'dead.jsonl'), `${entry}\n`, { mode: 0o600 });
    } catch (error) {
      this.#options.report('A log that cannot be stored could not be put aside either.', error);
    }
  }
}

async function readPlace({ place }: Outcome): Promise<string> {
  if (!place) return '';
  const file = await open(place.segment.path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(place.length), 0, place.length, place.offset);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
