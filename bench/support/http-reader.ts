/** Told what a message on a connection holds. Body bytes come as views into memory that is used again. */
export interface MessageEvents {
  /** @param head first line and headers, as they came */
  head(head: string): void;
  body(bytes: Buffer, start: number, end: number): void;
  end(): void;
}

const LF = 0x0a;
const HEAD_END = '\r\n\r\n';
const NOT_FOUND = -1;
const NOTHING_READ = -1;

/**
 * Reads HTTP/1.1 messages off a connection, one after the other: only what this benchmark's own peers send, so that the mock
 * and the load generator cost far less than what they measure.
 */
export class HttpReader {
  #head = '';
  #state: 'head' | 'length' | 'size' | 'chunk' | 'gap' | 'trailer' = 'head';
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0;
  #size = NOTHING_READ;
  readonly #events: MessageEvents;

  constructor(events: MessageEvents) {
    this.#events = events;
  }

  push(bytes: Buffer, length = bytes.length): void {
    let at = 0;
    while (at < length) {
      if (this.#state === 'head') at = this.#readHead(bytes, at, length);
      else if (this.#state === 'length' || this.#state === 'chunk') at = this.#readBody(bytes, at, length);
      else at = this.#readLine(bytes, at, length);
    }
  }

  #readHead(bytes: Buffer, at: number, length: number): number {
    const before = this.#head.length;
    const found = before === 0 ? bytes.indexOf(HEAD_END, at) : NOT_FOUND;
    // Nearly always the head comes in one piece, and what follows it need not become a string.
    this.#head += bytes.toString('latin1', at, found >= 0 && found < length ? found + HEAD_END.length : length);
    const end = this.#head.indexOf(HEAD_END, Math.max(0, before - 3));
    if (end < 0) return length;
    const head = this.#head.slice(0, end);
    this.#head = '';
    const known = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const chunked = known === undefined && /\r\ntransfer-encoding: *chunked/i.test(head);
    this.#left = known === undefined ? 0 : Number(known);
    this.#state = chunked ? 'size' : 'length';
    this.#events.head(head);
    if (!chunked && this.#left === 0) this.#finish();
    return at + end + HEAD_END.length - before;
  }

  #readBody(bytes: Buffer, at: number, length: number): number {
    const end = Math.min(length, at + this.#left);
    this.#events.body(bytes, at, end);
    this.#left -= end - at;
    if (this.#left > 0) return end;
    if (this.#state === 'length') this.#finish();
    else this.#state = 'gap';
    return end;
  }

  /** The size of a chunk, the line end behind one, or the line that ends the message (trailers are not sent here). */
  #readLine(bytes: Buffer, from: number, length: number): number {
    for (let at = from; at < length; at++) {
      const digit = hexDigit(bytes[at] ?? 0);
      if (digit >= 0) this.#size = Math.max(0, this.#size) * 16 + digit;
      if (bytes[at] !== LF) continue;
      this.#endLine();
      return at + 1;
    }
    return length;
  }

  #endLine(): void {
    if (this.#state === 'trailer') this.#finish();
    else if (this.#state === 'gap') this.#state = 'size';
    else {
      this.#left = this.#size;
      this.#state = this.#size > 0 ? 'chunk' : 'trailer';
    }
    this.#size = NOTHING_READ;
  }

  #finish(): void {
    this.#state = 'head';
    this.#events.end();
  }
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
