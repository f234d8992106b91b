export type BucketWidth = 'minute' | 'hour' | 'two_hours' | 'day';

interface Clock {
  readonly hour: number;
  readonly minute: number;
}

/** Where the axis is labelled: at round times of the reader's day, at most eight of them. */
export function axisTicks(buckets: readonly number[], width: BucketWidth, timeZone: string): number[] {
  const clock = clockIn(timeZone);
  switch (width) {
    case 'minute':
      return buckets.filter((at) => clock(at).minute % 10 === 0);
    case 'hour':
      return buckets.filter((at) => clock(at).hour % 4 === 0);
    case 'two_hours':
      return buckets.filter((at) => clock(at).hour < 2);
    case 'day':
      return buckets.filter((_, index) => (buckets.length - 1 - index) % 5 === 0);
  }
}

function clockIn(timeZone: string): (at: number) => Clock {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return { hour: parts.hour ?? 0, minute: parts.minute ?? 0 };
  };
}

const TICK_STYLES: Readonly<Record<BucketWidth, Intl.DateTimeFormatOptions>> = {
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  two_hours: { weekday: 'short', day: 'numeric' },
  day: { month: 'short', day: 'numeric' },
};

/** A label of the axis: `14:30`, `Mon 16`, `Nov 16`. */
export function tickLabel(at: number, width: BucketWidth, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { ...TICK_STYLES[width], timeZone }).formatToParts(at);
  if (width !== 'two_hours') return parts.map(({ value }) => value).join('');
  // English puts the day before its name.
  const found = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${found.weekday} ${found.day}`;
}

const LENGTH_MS: Readonly<Record<Exclude<BucketWidth, 'day'>, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  two_hours: 2 * 3_600_000,
};

/** The time a bucket stands for: `Nov 22, 14:00 – 15:00`, or `Sun, Nov 22`. */
export function bucketLabel(at: number, width: BucketWidth, timeZone: string): string {
  if (width === 'day') return format(at, { weekday: 'short', month: 'short', day: 'numeric' }, timeZone);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const from = `${format(at, { month: 'short', day: 'numeric' }, timeZone)}, ${format(at, time, timeZone)}`;
  return width === 'minute' ? from : `${from} – ${format(at + LENGTH_MS[width], time, timeZone)}`;
}

function format(at: number, options: Intl.DateTimeFormatOptions, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { ...options, timeZone }).format(at);
}

/** How a bucket is called in a sentence: "per hour". */
export const BUCKET_WORDS: Readonly<Record<BucketWidth, string>> = {
  minute: 'minute',
  hour: 'hour',
  two_hours: '2 hours',
  day: 'day',
};
