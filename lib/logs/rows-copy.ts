/**
 * Fields of PostgreSQL's COPY text format. Whatever a caller or a provider sent must become a field that the server takes:
 * one refused field would refuse its row.
 * @see https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
 */
export const NULL = '\\N';

const SPECIAL = /[\\\n\r\t]/;
const LAST_STORABLE_MS = Date.UTC(9999, 11, 31);

/** Text. Lone surrogates become U+FFFD when the row is encoded as UTF-8; NUL, which PostgreSQL cannot store, becomes it here. */
export function text(value: string | null): string {
  return value === null ? NULL : escapeField(withoutNul(value));
}

/** Names that are part of an index: PostgreSQL refuses index entries over 2.7 kB. */
export function clip(value: string | null): string | null {
  return value === null || value.length <= 200 ? value : value.slice(0, 200);
}

/** The same replacement for values that reach the database as parameters. */
export function storable(value: string): string {
  return Buffer.from(withoutNul(value), 'utf8').toString('utf8');
}

export function json(value: unknown): string {
  if (value === null || value === undefined) return NULL;
  return escapeField(storableJson(JSON.stringify(value)));
}

/** JSON.stringify writes NUL and lone surrogates as escapes, which jsonb refuses; an escaped backslash before "u" is neither. */
function storableJson(encoded: string): string {
  if (!encoded.includes('\\u0000') && !encoded.includes('\\ud')) return encoded;
  return encoded.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (found) => (found === '\\\\' ? found : '\ufffd'));
}

export function textArray(values: readonly string[]): string {
  if (values.length === 0) return '{}';
  const quoted = values.map((value) => `"${withoutNul(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return escapeField(`{${quoted.join(',')}}`);
}

export function boolean(value: boolean): string {
  return value ? 't' : 'f';
}

export function integer(value: number | null | undefined): string {
  return whole(value, 2_147_483_647);
}

export function smallint(value: number | null | undefined): string {
  return whole(value, 32_767);
}

/** Whole, and as near as the column can hold; NULL for what is no number. */
function whole(value: number | null | undefined, limit: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NULL;
  return String(Math.max(-limit, Math.min(limit, Math.trunc(value))));
}

const BIGINT_LIMIT = 2n ** 63n - 1n;

/** As near as a bigint column can hold. */
export function clampBigint(value: bigint): bigint {
  if (value > BIGINT_LIMIT) return BIGINT_LIMIT;
  return value < -BIGINT_LIMIT ? -BIGINT_LIMIT : value;
}

/** A time in milliseconds since the epoch, no earlier than that and within the years that both sides can write. */
export function clampTime(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.min(LAST_STORABLE_MS, Math.trunc(ms)));
}

export function timestamp(ms: number): string {
  return new Date(clampTime(ms)).toISOString();
}

function withoutNul(value: string): string {
  return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}

function escapeField(value: string): string {
  if (!SPECIAL.test(value)) return value;
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
