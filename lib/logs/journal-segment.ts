import { close, fdatasync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

/** One file of the journal, and how much in it still matters. */
export class Segment {
  /** Bytes that are whole frames. */
  size: number;
  /** Outcomes in it that are not in the database yet. */
  outstanding = 0;
  /** Intents in it whose outcome has not been written yet. */
  openIntents = 0;
  /** Holds bytes past its size that may matter to someone. */
  isDamaged = false;
  readonly path: string;
  #fd: number | null;
  /** Part of a refused frame may be in the file. */
  #torn = false;

  private constructor(path: string, size: number, fd: number | null) {
    this.path = path;
    this.size = size;
    this.#fd = fd;
  }

  /** A new file to append to; payloads are private to the account that runs the server. */
  static create(path: string): Segment {
    return new Segment(path, 0, openSync(path, 'ax', 0o600));
  }

  /** A file that another process left. */
  static left(path: string, size: number): Segment {
    return new Segment(path, size, null);
  }

  get isActive(): boolean {
    return this.#fd !== null;
  }

  get isDrained(): boolean {
    return this.outstanding === 0 && this.openIntents === 0;
  }

  /**
   * Appends whole frames; they survive the end of this process once it returns.
   * @returns the offset of the first byte
   * @throws Error when the file system refuses them; replay does not see them then
   */
  append(bytes: Buffer): number {
    const fd = this.#descriptor();
    const start = this.size;
    // The next frame must not be glued to part of another.
    if (this.#torn) ftruncateSync(fd, start);
    this.#torn = true;
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
    this.#torn = false;
    this.size += bytes.length;
    return start;
  }

  /** Empties the file, when nothing in it matters any more. */
  truncate(): void {
    ftruncateSync(this.#descriptor(), 0);
    this.size = 0;
  }

  /** Makes what was appended survive a power cut. */
  async sync(): Promise<void> {
    if (this.#fd !== null) await promisify(fdatasync)(this.#fd);
  }

  /** Ends appending. Resolves when everything appended survives a power cut. */
  async finish(): Promise<void> {
    const fd = this.#fd;
    if (fd === null) return;
    this.#fd = null;
    try {
      await promisify(fdatasync)(fd);
    } finally {
      await promisify(close)(fd);
    }
  }

  #descriptor(): number {
    if (this.#fd === null) throw new Error('The journal file is closed.');
    return this.#fd;
  }
}
