import type { LoggedBody } from '@/lib/gateway/log-record';
import { storableBytes, toInteger, toSmallint, toTime, withoutNul } from './storable';

/** What a binary COPY begins and ends with. @see https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4 */
export const COPY_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

const INITIAL_BYTES = 64 * 1024;
/** Where the exact length is worth counting: until there, three bytes are reserved for each UTF-16 unit. */
const SHORT_TEXT = 16 * 1024;
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;
const TEXT_OID = 25;
const JSONB_VERSION = 1;
/** Where each byte's two digits are in a UUID's text. */
const UUID_DIGITS_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/**
 * Writes a row of PostgreSQL's binary COPY format. Binary because bodies go in as they are: escaping them for the text
 * format costs more than all the rest.
 */
export class RowEncoder {
  #bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  #end = 0;

  /** Begins a row. */
  begin(fieldCount: number): void {
    if (this.#bytes.length > INITIAL_BYTES) this.#bytes = Buffer.allocUnsafe(INITIAL_BYTES);
    this.#bytes.writeInt16BE(fieldCount, 0);
    this.#end = 2;
  }

  /** The row, in memory of its own. */
  finish(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#end));
  }

  /** @returns where in the row its bytes are; null for NULL */
  text(value: string | null): readonly [start: number, end: number] | null {
    if (value === null) return this.#null();
    const clean = withoutNul(value);
    this.#reserve(clean.length <= SHORT_TEXT ? clean.length * 3 : Buffer.byteLength(clean));
    const start = this.#end + 4;
    const length = this.#bytes.write(clean, start);
    this.#bytes.writeInt32BE(length, this.#end);
    this.#end = start + length;
    return [start, this.#end];
  }

  /** Text that may be the bytes it came as. @returns as `text` does */
  body(value: LoggedBody | null): readonly [start: number, end: number] | null {
    if (value === null || typeof value === 'string') return this.text(value);
    return this.bytes(storableBytes(value));
  }

  /** @returns as `text` does */
  bytes(value: Buffer | null): readonly [start: number, end: number] | null {
    if (value === null) return this.#null();
    this.#length(value.length);
    const start = this.#end;
    this.#end += value.copy(this.#bytes, start);
    return [start, this.#end];
  }

  /** @param ms the day's start in UTC, milliseconds since the epoch */
  date(ms: number | null): void {
    if (ms === null) {
      this.#null();
      return;
    }
    this.#length(4);
    this.#end = this.#bytes.writeInt32BE((ms - POSTGRES_EPOCH_MS) / DAY_MS, this.#end);
  }

  /** @param encoded storable JSON */
  json(encoded: string | null): void {
    if (encoded === null) {
      this.#null();
      return;
    }
    const at = this.#end;
    const place = this.text(encoded);
    // The version byte goes between the length and the text.
    this.#reserve(1);
    this.#bytes.copyWithin(at + 5, at + 4, this.#end);
    this.#bytes[at + 4] = JSONB_VERSION;
    if (place) this.#bytes.writeInt32BE(place[1] - place[0] + 1, at);
    this.#end++;
  }

  /** @throws RangeError for what is no UUID */
  uuid(value: string | null): void {
    if (value === null) {
      this.#null();
      return;
    }
    this.#length(16);
    // Digit by digit: five ids a row through a pattern and a string without dashes would be a tenth of the row's cost.
    let isSound = value.length === 36;
    for (const at of UUID_DIGITS_AT) {
      const high = hexDigit(value.charCodeAt(at));
      const low = hexDigit(value.charCodeAt(at + 1));
      isSound &&= high >= 0 && low >= 0;
      this.#bytes[this.#end++] = (high << 4) | low;
    }
    if (!isSound) throw new RangeError(`Not a UUID: ${value.slice(0, 40)}`);
  }

  boolean(value: boolean): void {
    this.#length(1);
    this.#bytes[this.#end++] = value ? 1 : 0;
  }

  integer(value: number | null | undefined): void {
    const whole = toInteger(value);
    if (whole === null) {
      this.#null();
      return;
    }
    this.#length(4);
    this.#end = this.#bytes.writeInt32BE(whole, this.#end);
  }

  smallint(value: number): void {
    this.#length(2);
    this.#end = this.#bytes.writeInt16BE(toSmallint(value) ?? 0, this.#end);
  }

  bigint(value: bigint | null): void {
    if (value === null) {
      this.#null();
      return;
    }
    this.#length(8);
    this.#end = this.#bytes.writeBigInt64BE(value, this.#end);
  }

  /** @param ms milliseconds since the epoch */
  time(ms: number): void {
    this.bigint(BigInt(toTime(ms) - POSTGRES_EPOCH_MS) * 1000n);
  }

  texts(values: readonly string[]): void {
    const at = this.#end;
    this.#reserve(24);
    this.#end += 4;
    const dimensions = values.length === 0 ? [0, 0, TEXT_OID] : [1, 0, TEXT_OID, values.length, 1];
    for (const number of dimensions) this.#end = this.#bytes.writeInt32BE(number, this.#end);
    for (const value of values) this.text(value);
    this.#bytes.writeInt32BE(this.#end - at - 4, at);
  }

  #null(): null {
    this.#length(-1);
    return null;
  }

  #length(bytes: number): void {
    this.#reserve(bytes);
    this.#end = this.#bytes.writeInt32BE(bytes, this.#end);
  }

  /** Room for a field of so many bytes and its length. */
  #reserve(bytes: number): void {
    const needed = this.#end + bytes + 8;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
