import { join } from 'node:path';
import type { LogIntent } from '@/lib/gateway/log-record';
import { type Chunk, intentFrame } from './journal-line';
import { Segment } from './journal-segment';
import type { Outcome, Place } from './outcome';

interface OpenIntent {
  readonly frame: string;
  /** Null until it is on disk. */
  segment: Segment | null;
  isSettled: boolean;
}

interface FileOptions {
  readonly dir: string;
  readonly segmentBytes: number;
  /** Called for a segment that may not matter any more. */
  readonly onRetire: (segment: Segment) => void;
  readonly report: (message: string, error?: unknown) => void;
}

const RETRY_MS = 500;
/** An active segment smaller than this is not worth emptying. */
const WORTH_EMPTYING_BYTES = 1024 * 1024;

/** The end of the journal that grows: intents are gathered for one turn of the event loop, outcomes written at once. */
export class JournalFile {
  #active: Segment;
  #number = 1;
  #rotateAtBytes: number;
  readonly #options: FileOptions;
  readonly #open = new Map<string, OpenIntent>();
  #gathered: OpenIntent[] = [];
  #refused: Outcome[] = [];
  #isScheduled = false;
  #isDirty = false;
  /** Why the disk refuses at the moment. */
  #failure: unknown;
  #retry: NodeJS.Timeout | undefined;
  readonly #scratch = Buffer.allocUnsafe(256 * 1024);

  constructor(options: FileOptions) {
    this.#options = options;
    this.#rotateAtBytes = options.segmentBytes;
    this.#active = Segment.create(join(options.dir, '1.jsonl'));
  }

  /**
   * Takes an intent. It is on disk after this turn of the event loop, before any answer can arrive.
   * @throws Error while the disk refuses
   */
  intend(intent: LogIntent): void {
    if (this.#failure) throw this.#failure;
    const open: OpenIntent = { frame: intentFrame(intent), segment: null, isSettled: false };
    this.#gathered.push(open);
    this.#open.set(intent.id, open);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#onTurn);
  }

  /** Writes an outcome and all that was gathered. @returns its place, or null when the disk refuses it */
  settle(id: string, frame: readonly Chunk[]): Place | null {
    this.abandon(id);
    if (this.#failure) return null;
    try {
      return this.#append(frame);
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** Nothing will come for this intent. */
  abandon(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    open.isSettled = true;
    const { segment } = open;
    if (!segment) return;
    segment.openIntents--;
    if (segment !== this.#active) this.#options.onRetire(segment);
  }

  /** Keeps an outcome that the disk refused, to be written as soon as it can be. */
  keep(outcome: Outcome): void {
    this.#refused.push(outcome);
  }

  /** Makes what was written survive a power cut. */
  async sync(): Promise<void> {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    await this.#active.sync();
  }

  /** Empties the active segment when nothing in it matters any more: bodies should not lie around. */
  tidy(): void {
    if (this.#active.isDrained && this.#active.size >= WORTH_EMPTYING_BYTES) this.#active.truncate();
  }

  async close(): Promise<void> {
    this.#onTurn();
    clearTimeout(this.#retry);
    await this.#active.finish();
    this.#options.onRetire(this.#active);
  }

  /** Writes what waits, and one outcome more. @throws Error when the disk refuses it; what it took before is done with */
  #append(frame?: readonly Chunk[]): Place | null {
    while (this.#refused.length > 0) {
      this.#appendRefused(this.#refused[0]);
      this.#refused.shift();
    }
    const intents = this.#gathered.filter((intent) => !intent.isSettled);
    const segment = this.#active;
    const frames = intents.map((intent) => intent.frame);
    const length = this.#write(frames, frame ?? []);
    for (const intent of intents) intent.segment = segment;
    segment.openIntents += intents.length;
    this.#gathered = [];
    return frame ? this.#placeLast(length) : null;
  }

  #appendRefused(outcome: Outcome | undefined): void {
    // Without a frame it has reached the database in the meantime.
    if (!outcome?.frame) return;
    outcome.place = this.#placeLast(this.#write([], outcome.frame));
    outcome.frame = null;
  }

  #placeLast(length: number): Place {
    const segment = this.#active;
    segment.outstanding++;
    this.#rotate();
    return { segment, offset: segment.size - length, length };
  }

  /** One system call for all of it. @returns the length of the last frame in bytes */
  #write(before: readonly string[], frame: readonly Chunk[]): number {
    if (before.length === 0 && frame.length === 0) return 0;
    const most = mostBytes(before) + mostBytes(frame);
    const bytes = most > this.#scratch.length ? Buffer.allocUnsafe(most) : this.#scratch;
    const frameStart = put(bytes, 0, before);
    const end = put(bytes, frameStart, frame);
    this.#active.append(bytes.subarray(0, end));
    this.#isDirty = true;
    return end - frameStart;
  }

  #rotate(): void {
    const full = this.#active;
    if (full.size < this.#rotateAtBytes) return;
    try {
      this.#active = Segment.create(join(this.#options.dir, `${this.#number + 1}.jsonl`));
    } catch (error) {
      this.#rotateAtBytes = full.size + this.#options.segmentBytes;
      this.#options.report('A new journal file could not be made; the one in use goes on growing.', error);
      return;
    }
    this.#number++;
    this.#rotateAtBytes = this.#options.segmentBytes;
    full.finish().catch((error) => this.#options.report('A journal file could not be synced to disk.', error));
  }

  #onTurn = (): void => {
    this.#isScheduled = false;
    try {
      this.#append();
      if (this.#failure) this.#options.report('The journal can be written again.');
      this.#failure = undefined;
    } catch (error) {
      this.#fail(error);
    }
  };

  #fail(error: unknown): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(this.#onTurn, RETRY_MS).unref();
    if (this.#failure) return;
    this.#failure = error;
    const message = 'The journal cannot be written. Requests are refused until it can; logs wait in memory.';
    this.#options.report(message, error);
  }
}

/** UTF-8 takes at most three bytes for each UTF-16 unit: what surely fits goes through a buffer that is used again. */
function mostBytes(chunks: readonly Chunk[]): number {
  let most = 0;
  for (const chunk of chunks) most += typeof chunk === 'string' ? chunk.length * 3 : chunk.length;
  return most;
}

/** @returns the end of what was written */
function put(bytes: Buffer, at: number, chunks: readonly Chunk[]): number {
  let end = at;
  for (const chunk of chunks) end += typeof chunk === 'string' ? bytes.write(chunk, end) : chunk.copy(bytes, end);
  return end;
}
