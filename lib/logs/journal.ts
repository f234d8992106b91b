import { mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@/lib/errors';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';
import { putAside, readable, recordOf } from './journal-dead';
import { JournalFile } from './journal-file';
import type { Frame } from './journal-frames';
import { type Chunk, outcomeFrame } from './journal-line';
import { beat, claimDead, type Home, leaveHome, openHome } from './journal-owner';
import { type Limit, OutcomeQueue } from './journal-queue';
import { interruptedRecord, readLegacy } from './journal-replay';
import type { Segment } from './journal-segment';
import { encodeOutcome, type Outcome } from './outcome';
import { encodeNested } from './rows';

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
  readonly #underWay = new Set<Promise<void>>();
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
    try {
      const json = encodeNested(record);
      const outcome = encodeOutcome(record, json);
      this.#accept(outcome, record.id, outcomeFrame(record, outcome.row, json));
    } catch (error) {
      this.#file.abandon(record.id);
      this.#bury(record, error);
    }
    this.onPending();
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
    const record = await recordOf(outcome).catch(() => ({ id: outcome.id }));
    this.#bury(record, reason);
    this.#finish(outcome);
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
    await Promise.all(this.#underWay);
    leaveHome(this.#home);
  }

  #accept(outcome: Outcome, id: string, frame: readonly Chunk[]): void {
    outcome.place = this.#file.settle(id, frame);
    if (outcome.place && !this.#queue.hasRoom) {
      this.#queue.leave(outcome.place);
      return;
    }
    if (!outcome.place) this.#keep(outcome, frame);
    this.#queue.hold(outcome);
  }

  /** @throws Error when neither disk nor memory has room: then the log goes, so that the process can stay */
  #keep(outcome: Outcome, frame: readonly Chunk[]): void {
    if (this.#queue.heldBytes > 4 * this.#maxBytes) throw new Error('The disk refuses it and the memory is full.');
    outcome.frame = frame;
    this.#file.keep(outcome);
  }

  #finish(outcome: Outcome): void {
    this.#queue.release(outcome);
    outcome.frame = null;
    if (outcome.place) this.#release(outcome.place.segment);
  }

  #release(segment: Segment): void {
    segment.outstanding--;
    if (segment.isDrained) this.#retire(segment);
  }

  #retire(segment: Segment): void {
    if (!segment.isDrained) return;
    if (segment.isActive) this.#file.tidy();
    else if (segment.isDamaged)
      this.#remove(segment.path, join(this.#options.dir, `damaged-${damagedName(segment.path)}`));
    else this.#remove(segment.path);
  }

  /** Removes a file that is done with, or keeps it elsewhere; with the last one of a dead process its folder goes. */
  #remove(path: string, keepAs?: string): void {
    const folder = dirname(path);
    const left = (this.#adopted.get(folder) ?? Number.POSITIVE_INFINITY) - 1;
    if (this.#adopted.has(folder)) this.#adopted.set(folder, left);
    if (left === 0) this.#adopted.delete(folder);
    const moved = keepAs ? rename(path, keepAs) : Promise.resolve();
    const removal = moved
      .then(() => rm(left === 0 ? folder : path, { recursive: true, force: true }))
      .catch((error) => this.#options.report('A journal file that is done with could not be removed.', error))
      .finally(() => this.#underWay.delete(removal));
    this.#underWay.add(removal);
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
    const { segments, intents, damages } = await readLegacy(folder);
    for (const damage of damages) this.#options.report('A journal file is damaged; its readable part is kept.', damage);
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
  #onUnreadable(segment: Segment, error: unknown, frame?: Frame): boolean {
    if (frame) {
      this.#bury(readable(frame.head, frame.bodies), error);
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

  #bury(record: unknown, reason: unknown): void {
    this.#dead++;
    this.#options.report('A log cannot be stored; it was put aside in dead.jsonl.', reason);
    const burial = putAside(this.#options.dir, record, reason)
      .catch((error) => this.#options.report('A log that cannot be stored could not be put aside either.', error))
      .finally(() => this.#underWay.delete(burial));
    this.#underWay.add(burial);
  }
}

function damagedName(path: string): string {
  return `${basename(dirname(path)).replace(/@.*$/, '')}-${basename(path)}`;
}
