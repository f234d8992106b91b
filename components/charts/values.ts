import { formatCount, formatDurationMs, formatMoney, formatRate, formatTokens } from '@/lib/format';

/** What a chart's numbers are: how they read on the axis and, exactly, in the tooltip. */
export interface Unit {
  readonly axis: (value: number) => string;
  readonly exact: (value: number) => string;
  /** Parts of these add up, so that a tooltip has a total. */
  readonly additive: boolean;
  readonly whole: boolean;
  /** The places on the axis, where round numbers are not round. */
  readonly ticks?: (largest: number) => number[];
}

export const DOLLARS: Unit = {
  axis: (value) => {
    if (value === 0) return '$0';
    if (value >= 1000) return `$${formatTokens(value)}`;
    return `$${Number(value.toPrecision(3))}`;
  },
  exact: (value) => formatMoney(BigInt(Math.round(value * 1e9))),
  additive: true,
  whole: false,
};

export const REQUESTS: Unit = {
  axis: (value) => formatTokens(value),
  exact: (value) => formatCount(value),
  additive: true,
  whole: true,
};

export const TOKENS: Unit = { ...REQUESTS, exact: (value) => formatTokens(value) };

export const TOKENS_PER_SECOND: Unit = {
  axis: (value) => formatTokens(value),
  exact: (value) => `${value.toFixed(value < 10 ? 1 : 0)} tokens/s`,
  additive: false,
  whole: false,
};

/** Shares of 1; the axis always reaches 100 %. */
export const SHARE: Unit = {
  axis: (value) => `${Math.round(value * 100)} %`,
  exact: (value) => formatRate(value),
  additive: false,
  whole: false,
  ticks: () => [0, 0.25, 0.5, 0.75, 1],
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

export const MILLISECONDS: Unit = {
  axis: (value) => {
    if (value === 0) return '0';
    const rounded = (of: number) => Number((value / of).toPrecision(3));
    if (value < SECOND_MS) return `${rounded(1)} ms`;
    if (value < MINUTE_MS || value % MINUTE_MS !== 0) return `${rounded(SECOND_MS)} s`;
    return value < HOUR_MS || value % HOUR_MS !== 0 ? `${rounded(MINUTE_MS)} min` : `${rounded(HOUR_MS)} h`;
  },
  exact: (value) => formatDurationMs(value),
  additive: false,
  whole: false,
  ticks: (largest) => {
    const step = TIME_STEPS_MS.find((one) => one * 4 >= largest);
    if (largest <= MINUTE_MS) return valueTicks(largest, false);
    return step
      ? [0, 1, 2, 3, 4].map((times) => times * step)
      : valueTicks(largest / HOUR_MS, true).map((h) => h * HOUR_MS);
  },
};

/** Distances that read well on a clock. */
const TIME_STEPS_MS = [
  ...[20, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6].map((hours) => hours * HOUR_MS),
];

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;

/** Five round places on an axis that starts at zero and reaches over `largest`. */
export function valueTicks(largest: number, whole: boolean): number[] {
  const least = Math.max(largest, whole ? 4 : 0) / 4;
  if (least === 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(least));
  const factor =
    STEPS.find((step) => step * power >= least * 0.999999 && (!whole || Number.isInteger(step * power))) ?? 10;
  return [0, 1, 2, 3, 4].map((count) => Number((count * factor * power).toPrecision(12)));
}
