import { type FileHandle, open } from 'node:fs/promises';
import { identify } from './journal-line';

export interface Frame {
  readonly kind: 'i' | 'o';
  readonly id: string;
  /** Where it is in the file. */
  readonly start: number;
  readonly end: number;
  /** Its first line, without the newline. */
  readonly head: Buffer;
  /** Request and response one after the other; empty when they were skipped. */
  readonly bodies: Buffer;
}

/** What a power cut can leave at the end of a file: bytes that are no frame. */
export class DamagedJournal extends Error {
  override readonly name = 'DamagedJournal';
}

const NEWLINE = 0x0a;
const READ_BYTES = 256 * 1024;
const EMPTY = Buffer.alloc(0);

/**
 * The whole frames between two offsets. A last one without its end is left out: it was never promised to anyone.
 * @throws DamagedJournal where there is something else; what follows it cannot be trusted
 */
export async function* readFrames(
  path: string,
  from: number,
  to: number,
  bodies: 'read' | 'skip',
): AsyncGenerator<Frame> {
  const file = await open(path, 'r');
  try {
    const view = new View(file, from, to);
    for (;;) {
      const start = view.offset;
      const head = await view.line();
      if (!head) return;
      const found = identify(head);
      if (!found) throw new DamagedJournal(`${path} has no frame at byte ${start}.`);
      const rest = bodies === 'read' ? await view.take(found.bodyBytes) : view.skip(found.bodyBytes);
      if (!rest) return;
      yield { kind: found.kind, id: found.id, start, end: view.offset, head, bodies: rest };
    }
  } finally {
    await file.close();
  }
}

/** A stretch of a file, read in large pieces. */
class View {
  readonly #file: FileHandle;
  readonly #to: number;
  #piece = EMPTY;
  #pieceAt: number;
  #used = 0;

  constructor(file: FileHandle, from: number, to: number) {
    this.#file = file;
    this.#pieceAt = from;
    this.#to = to;
  }

  get offset(): number {
    return this.#pieceAt + this.#used;
  }

  /** Up to the next newline, which is passed over; null where there is none. */
  async line(): Promise<Buffer | null> {
    for (let searched = 0; ; ) {
      const newline = this.#piece.indexOf(NEWLINE, this.#used + searched);
      if (newline !== -1) {
        const line = this.#piece.subarray(this.#used, newline);
        this.#used = newline + 1;
        return line;
      }
      searched = this.#piece.length - this.#used;
      if (!(await this.#more(READ_BYTES + searched))) return null;
    }
  }

  async take(bytes: number): Promise<Buffer | null> {
    if (this.offset + bytes > this.#to) return null;
    while (this.#piece.length - this.#used < bytes) {
      if (!(await this.#more(Math.max(READ_BYTES, bytes)))) return null;
    }
    this.#used += bytes;
    return this.#piece.subarray(this.#used - bytes, this.#used);
  }

  skip(bytes: number): Buffer | null {
    if (this.offset + bytes > this.#to) return null;
    if (this.#used + bytes <= this.#piece.length) {
      this.#used += bytes;
      return EMPTY;
    }
    this.#pieceAt = this.offset + bytes;
    this.#piece = EMPTY;
    this.#used = 0;
    return EMPTY;
  }

  async #more(bytes: number): Promise<boolean> {
    const rest = this.#piece.subarray(this.#used);
    const at = this.offset + rest.length;
    const buffer = Buffer.allocUnsafe(rest.length + Math.min(bytes, this.#to - at));
    rest.copy(buffer);
    const { bytesRead } = await this.#file.read(buffer, rest.length, buffer.length - rest.length, at);
    this.#pieceAt = this.offset;
    this.#used = 0;
    this.#piece = buffer.subarray(0, rest.length + bytesRead);
    return bytesRead > 0;
  }
}
