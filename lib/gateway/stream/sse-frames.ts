/** Splits a byte stream of server-sent events into frames, wherever the network cut it. */

const LF = 0x0a;
const CR = 0x0d;

/** Splits chunks into frames. A frame is the bytes of one event without the blank line that ends it. */
export class SseFrames {
  private rest: Buffer | null = null;

  /** The frames that this chunk completes. They share the chunk's memory. */
  push(chunk: Buffer): Buffer[] {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    const frames: Buffer[] = [];
    let start = 0;
    let from = this.rest ? Math.max(0, this.rest.length - 3) : 0;
    for (;;) {
      const newline = bytes.indexOf(LF, from);
      if (newline < 0) break;
      const blank = blankLineAfter(bytes, newline);
      if (blank === 0) {
        from = newline + 1;
        continue;
      }
      if (newline > start) frames.push(bytes.subarray(start, bytes[newline - 1] === CR ? newline - 1 : newline));
      start = blank;
      from = blank;
    }
    this.rest = start < bytes.length ? bytes.subarray(start) : null;
    return frames;
  }

  /** Whether bytes of an unfinished frame are held. */
  get midFrame(): boolean {
    return this.rest !== null;
  }
}

/** Where the next frame begins if an empty line follows the line feed at `newline`, else 0. */
function blankLineAfter(bytes: Buffer, newline: number): number {
  const next = bytes[newline + 1];
  if (next === LF) return newline + 2;
  if (next === CR && bytes[newline + 2] === LF) return newline + 3;
  return 0;
}

/** One event as text. Comments and unknown fields are dropped, as the specification says. */
export interface SseEvent {
  /** Empty where the frame names none. */
  readonly event: string;
  readonly data: string;
}

/** Reads a frame; null where it carries no data (a comment, or retry and id alone). */
export function parseSseFrame(frame: Buffer): SseEvent | null {
  let event = '';
  let data: string | null = null;
  for (const line of frame.toString('utf8').split(/\r?\n/)) {
    if (line.startsWith('data:')) {
      const value = line.startsWith('data: ') ? line.slice(6) : line.slice(5);
      data = data === null ? value : `${data}\n${value}`;
    } else if (line.startsWith('event:')) event = line.slice(6).trim();
  }
  return data === null ? null : { event, data };
}
