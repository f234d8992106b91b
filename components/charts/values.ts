import { formatCount, formatDurationMs, formatMoney, formatTokens } from '@/lib/format';

/** What a chart's numbers are: how they read on the axis and, exactly, in the tooltip. */
export interface Unit {
  readonly axis: (value: number) => string;
  readonly exact: (value: number) => string;
  /** Parts of these add up, so that a tooltip has a total. */
  readonly additive: boolean;
  readonly whole: boolean;
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

export const MILLISECONDS: Unit = {
  axis: (value) => {
    if (value === 0) return '0';
    return value < 1000 ? `${Number(value.toPrecision(3))} ms` : `${Number((value / 1000).toPrecision(3))} s`;
  },
  exact: (value) => formatDurationMs(value),
  additive: false,
  whole: false,
};

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
