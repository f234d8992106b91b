/** Numbers as people read them. The locale is fixed, so that server and browser write the same text. Unknown is "—". */

const UNKNOWN = '—';
const NANO_PER_CENT = 10_000_000n;
const NANO_PER_DOLLAR = 1_000_000_000n;
const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

type Maybe<T> = T | null | undefined;

/**
 * Nano-dollars (or their decimal string, as they come over the wire): `$1,204.18`; under a cent four significant digits, `$0.0004213`.
 * `precise` keeps four significant digits up to a dollar, for the cost of a single call: `$0.0204`.
 */
export function formatMoney(nanoUsd: Maybe<bigint | string>, options: { precise?: boolean } = {}): string {
  if (nanoUsd === null || nanoUsd === undefined) return UNKNOWN;
  const nano = BigInt(nanoUsd);
  const absolute = nano < 0n ? -nano : nano;
  const sign = nano < 0n ? '-' : '';
  const fine = absolute > 0n && absolute < (options.precise ? NANO_PER_DOLLAR : NANO_PER_CENT);
  if (!fine) return `${sign}$${dollars(absolute)}`;
  const unit = 10n ** BigInt(Math.max(absolute.toString().length - 4, 0));
  const rounded = ((absolute + unit / 2n) / unit) * unit;
  if (rounded >= NANO_PER_DOLLAR) return `${sign}$${dollars(rounded)}`;
  const digits = rounded.toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}$0.${digits.padEnd(2, '0')}`;
}

function dollars(nano: bigint): string {
  const cents = (nano + NANO_PER_CENT / 2n) / NANO_PER_CENT;
  return `${count.format(cents / 100n)}.${(cents % 100n).toString().padStart(2, '0')}`;
}

/** A whole number: `18,204`. */
export function formatCount(value: Maybe<number | bigint>): string {
  return value === null || value === undefined ? UNKNOWN : count.format(value);
}

/** A number of things: `1 request`, `18,204 requests`. */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${count.format(value)} ${value === 1 ? one : many}`;
}

/** Tokens: `412`, `12.4k`, `124k`, `1.2M`. */
export function formatTokens(tokens: Maybe<number | bigint>): string {
  if (tokens === null || tokens === undefined) return UNKNOWN;
  let value = Number(tokens);
  if (Math.abs(value) < 1000) return count.format(value);
  for (const unit of ['k', 'M', 'B', 'T']) {
    value /= 1000;
    const decimals = Math.abs(value) < 99.95 ? 1 : 0;
    const text = value.toFixed(decimals).replace(/\.0$/, '');
    if (Math.abs(Number(text)) < 1000) return `${text}${unit}`;
  }
  return `${count.format(value)}T`;
}

/** Milliseconds: `842 ms`, `1.84 s`, `24.1 s`, `2 min 5 s`, `3 h 12 min`. */
export function formatDurationMs(durationMs: Maybe<number>): string {
  if (durationMs === null || durationMs === undefined || !Number.isFinite(durationMs)) return UNKNOWN;
  if (durationMs > 0 && durationMs < 1) return '<1 ms';
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 9_995) return `${(durationMs / 1000).toFixed(2)} s`;
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min${seconds % 60 ? ` ${seconds % 60} s` : ''}`;
  const minutes = Math.round(durationMs / 60_000);
  return `${count.format(Math.floor(minutes / 60))} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
}

/** A share between 0 and 1: `0.4 %`, `71 %`. Only exact zero and one read as 0 % and 100 %. */
export function formatRate(share: Maybe<number>): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return UNKNOWN;
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '<0.1 %';
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  const decimals = percent < 9.95 || percent > 99 ? 1 : 0;
  return `${percent.toFixed(decimals).replace(/\.0$/, '')} %`;
}

/** A relative change, 0.12 being `+12 %`. Under ten percent one decimal. */
export function formatChange(change: Maybe<number>): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return UNKNOWN;
  const percent = change * 100;
  const text = Math.abs(percent) < 9.95 ? percent.toFixed(1).replace(/\.0$/, '') : count.format(Math.round(percent));
  if (Number(text.replace(/,/g, '')) === 0) return '0 %';
  return `${percent > 0 ? '+' : ''}${text} %`;
}

const RELATIVE_STEPS = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'min', seconds: 60 },
] as const;

/** How long ago (or ahead), in one unit: `just now`, `3 min ago`, `in 2 days`. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return 'just now';
  const step = RELATIVE_STEPS.find((candidate) => distance >= candidate.seconds) ?? { unit: 'min', seconds: 60 };
  const value = Math.max(1, Math.floor(distance / step.seconds));
  const text = `${value} ${step.unit}${value === 1 || step.unit === 'min' ? '' : 's'}`;
  return seconds >= 0 ? `${text} ago` : `in ${text}`;
}

export type DateStyle = 'time' | 'date' | 'datetime' | 'exact';

const DATE_STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  datetime: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  exact: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZoneName: 'short',
  },
};

/** A point in time in one zone (the browser's where none is given): `12:04:31`, `Nov 22, 2026`. */
export function formatDate(at: Date, style: DateStyle, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-US', { ...DATE_STYLES[style], timeZone }).format(at);
}
