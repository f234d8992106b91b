import type { ReactElement } from 'react';

interface DotProps {
  cx?: number;
  cy?: number;
  index?: number;
  points?: readonly { readonly value?: unknown }[];
  key?: unknown;
}

/** Draws a point that has a gap on both sides: a line through it alone would be invisible. */
export function isolatedDot(color: string) {
  return function Dot({ cx, cy, index = 0, points = [] }: DotProps): ReactElement {
    const isGap = (at: number) => points[at]?.value === null || points[at]?.value === undefined;
    const shown = cx !== undefined && cy !== undefined && !isGap(index) && isGap(index - 1) && isGap(index + 1);
    return shown ? <circle key={index} cx={cx} cy={cy} r={2} fill={color} /> : <g key={index} />;
  };
}
