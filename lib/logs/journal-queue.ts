import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Frame, readFrames } from './journal-frames';
import { parseOutcome } from './journal-line';
import type { Segment } from './journal-segment';
import { encodeOutcome, type Outcome, type Place, sizeOf } from './outcome';

/** A stretch of a segment whose outcomes are not in memory. */
interface Stretch {
  readonly segment: Segment;
  from: number;
  to: number;
}

export interface Limit {
  readonly rows: number;
  readonly bytes: number;
}

/** Told of an outcome that is none of ours, or of a segment that cannot be read. @returns whether to give that up */
type Unreadable = (segment: Segment, error: unknown, frame?: Frame) => boolean;

/** Rows that are encoded in one turn of the event loop while a stretch is read. */
const ROWS_A_TURN = 32;

/**
 * What waits for the database, oldest first: outcomes in memory as long as there is room, then stretches of segments,
 * so that a database that is away for hours costs disk and not memory.
 */
export class OutcomeQueue {
  #items: (Outcome | Stretch)[] = [];
  #heldBytes = 0;
  readonly #maxBytes: number;
  readonly #onUnreadable: Unreadable;

  constructor(maxBytes: number, onUnreadable: Unreadable) {
    this.#maxBytes = maxBytes;
    this.#onUnreadable = onUnreadable;
  }

  get hasRoom(): boolean {
    return this.#heldBytes < this.#maxBytes;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  hold(outcome: Outcome): void {
    outcome.heldBytes = sizeOf(outcome);
    this.#heldBytes += outcome.heldBytes;
    this.#items.push(outcome);
  }

  release(outcome: Outcome): void {
    this.#heldBytes -= outcome.heldBytes;
    outcome.heldBytes = 0;
  }

  /** Leaves an outcome on disk. Between it and the one before there are only intents, or outcomes that go before it. */
  leave({ segment, offset, length }: Place): void {
    const last = this.#items.at(-1);
    if (last && 'from' in last && last.segment === segment) last.to = offset + length;
    else this.#items.push({ segment, from: offset, to: offset + length });
  }

  /** The oldest outcomes, up to a limit; more than none when there are any. */
  async take(limit: Limit): Promise<Outcome[]> {
    const taken: Outcome[] = [];
    let bytes = 0;
    let used = 0;
    while (taken.length < limit.rows && bytes < limit.bytes) {
      const item = this.#items[used];
      if (!item) break;
      const found = 'from' in item ? await this.#read(item, limit.rows - taken.length, limit.bytes - bytes) : [item];
      for (const outcome of found) {
        taken.push(outcome);
        bytes += sizeOf(outcome);
      }
      // A stretch may have grown while it was read.
      if (!('from' in item) || item.from >= item.to) used++;
      else if (found.length === 0) break;
    }
    this.#items.splice(0, used);
    return taken;
  }

  async #read(stretch: Stretch, rows: number, maxBytes: number): Promise<Outcome[]> {
    const { segment, to } = stretch;
    const outcomes: Outcome[] = [];
    let bytes = 0;
    try {
      for await (const frame of readFrames(segment.path, stretch.from, to, 'read')) {
        if (outcomes.length >= rows || bytes >= maxBytes) return outcomes;
        stretch.from = frame.end;
        const outcome = this.#decode(frame, segment);
        if (!outcome) continue;
        bytes += sizeOf(outcome);
        if (outcomes.push(outcome) % ROWS_A_TURN === 0) await nextTurn();
      }
      stretch.from = to;
    } catch (error) {
      if (this.#onUnreadable(segment, error)) stretch.from = stretch.to;
    }
    return outcomes;
  }

  #decode(frame: Frame, segment: Segment): Outcome | null {
    if (frame.kind !== 'o') return null;
    try {
      const outcome = encodeOutcome(parseOutcome(frame.head, frame.bodies));
      outcome.place = { segment, offset: frame.start, length: frame.end - frame.start };
      return outcome;
    } catch (error) {
      this.#onUnreadable(segment, error, frame);
      return null;
    }
  }
}
