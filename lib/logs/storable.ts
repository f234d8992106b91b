import { isUtf8 } from 'node:buffer';
import type { LoggedBody } from '@/lib/gateway/log-record';

/** What a column can hold. Callers and providers send anything; a log is stored as near to it as can be. */

const LAST_STORABLE_MS = Date.UTC(9999, 11, 31);
const BIGINT_LIMIT = 2n ** 63n - 1n;
const INTEGER_LIMIT = 2_147_483_647;
const SMALLINT_LIMIT = 32_767;

/** PostgreSQL's text has no NUL. */
export function withoutNul(value: string): string {
  return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}

/** As it comes out of the database: without NUL and lone surrogates. */
export function storable(value: string): string {
  return Buffer.from(withoutNul(value), 'utf8').toString('utf8');
}

/** A body as bytes that a text column can hold: its own, or repaired where they are no UTF-8 or hold a NUL. */
export function storableBytes(body: LoggedBody): Buffer {
  if (typeof body !== 'string' && isUtf8(body) && !body.includes(0)) return body;
  return Buffer.from(withoutNul(String(body)), 'utf8');
}

/** Names that are part of an index: PostgreSQL refuses index entries over 2.7 kB. */
export function clip(value: string | null): string | null {
  return value === null || value.length <= 200 ? value : value.slice(0, 200);
}

/**
 * JSON that jsonb takes: JSON.stringify writes NUL and lone surrogates as escapes, which jsonb refuses.
 * An escaped backslash before "u0000" is neither.
 */
export function storableJson(value: unknown): string {
  const encoded = JSON.stringify(value);
  if (!encoded.includes('\\u0000') && !encoded.includes('\\ud')) return encoded;
  return encoded.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (found) => (found === '\\\\' ? found : '\ufffd'));
}

/** Whole, and as near as an integer column can hold; null for what is no number. */
export function toInteger(value: number | null | undefined): number | null {
  return whole(value, INTEGER_LIMIT);
}

export function toSmallint(value: number | null | undefined): number | null {
  return whole(value, SMALLINT_LIMIT);
}

export function toBigint(value: bigint): bigint {
  if (value > BIGINT_LIMIT) return BIGINT_LIMIT;
  return value < -BIGINT_LIMIT ? -BIGINT_LIMIT : value;
}

/** Whole milliseconds since the epoch, no earlier than that and within the years that both sides can write. */
export function toTime(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.min(LAST_STORABLE_MS, Math.trunc(ms)));
}

function whole(value: number | null | undefined, limit: number): number | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  return Math.max(-limit, Math.min(limit, Math.trunc(value)));
}
