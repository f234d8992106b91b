'use client';

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTooltip, tooltipText } from './chart-tooltip';
import { isolatedDot } from './isolated-dot';
import type { ChartSeries } from './series';
import { axisTicks, type BucketWidth, tickLabel } from './time-axis';
import { useChartKeys } from './use-chart-keys';
import { type Unit, valueTicks } from './values';

export interface TimeChartProps {
  /** Areas and bars are stacked, lines are not. */
  kind: 'area' | 'bar' | 'line';
  /** Starts of the buckets, milliseconds since the epoch. */
  buckets: readonly number[];
  bucketWidth: BucketWidth;
  timeZone: string;
  series: readonly ChartSeries[];
  unit: Unit;
  /** What a screen reader hears in place of the picture; the arrow keys then tell it bucket by bucket. */
  label: string;
  /** A click on a bucket, or Enter. */
  onBucket?: (index: number) => void;
}

interface Row {
  readonly at: number;
  readonly values: readonly (number | null)[];
}

const TICK = { fontSize: 11, fill: 'var(--muted-foreground)' } as const;

/** Something over time. Fills its parent. Charts on one page share their hover. */
export function TimeChart({ kind, buckets, bucketWidth, timeZone, series, unit, label, onBucket }: TimeChartProps) {
  const rows = buckets.map((at, index): Row => ({ at, values: series.map(({ values }) => values[index] ?? null) }));
  const largest = Math.max(0, ...rows.map(({ values }) => highest(values, kind)));
  const ticks = unit.ticks?.(largest) ?? valueTicks(largest, unit.whole);
  const tooltip = { series, unit, bucketWidth, timeZone, last: buckets.length - 1 };
  const keys = useChartKeys({
    count: buckets.length,
    label,
    textOf: (index) => tooltipText({ ...tooltip, at: buckets[index] ?? 0, index }),
    onOpen: onBucket,
  });
  return (
    <div {...keys.props} className="relative size-full rounded-md [&_.recharts-surface]:outline-none">
      <ResponsiveContainer initialDimension={{ width: 480, height: 200 }}>
        <ComposedChart
          data={rows}
          syncId="page"
          accessibilityLayer={false}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          barCategoryGap="18%"
          className={onBucket ? 'cursor-pointer' : undefined}
          onClick={({ activeIndex }) => activeIndex !== undefined && onBucket?.(Number(activeIndex))}
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="at"
            ticks={axisTicks(buckets, bucketWidth, timeZone)}
            tickFormatter={(at: number) => tickLabel(at, bucketWidth, timeZone)}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: 'var(--border)' }}
            tickMargin={6}
            height={24}
            minTickGap={16}
            interval="preserveStart"
          />
          <YAxis
            width={52}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            ticks={ticks}
            domain={[0, ticks.at(-1) ?? 1]}
            tickFormatter={unit.axis}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={kind === 'bar' ? { fill: 'var(--hover)', opacity: 0.7 } : { stroke: 'var(--border-strong)' }}
            wrapperStyle={{ zIndex: 30 }}
            content={({ active, label: at }) =>
              active && typeof at === 'number' ? (
                <ChartTooltip {...tooltip} at={at} index={buckets.indexOf(at)} />
              ) : null
            }
          />
          {series.map((one, index) => mark(kind, one, index))}
          {keys.index !== null && (
            <ReferenceLine x={buckets[keys.index]} stroke="var(--foreground)" strokeDasharray="2 2" />
          )}
        </ComposedChart>
      </ResponsiveContainer>
      {keys.index !== null && (
        <div
          aria-hidden
          className="pointer-events-none absolute top-2 z-30"
          style={keys.index * 2 < buckets.length ? { right: 8 } : { left: 56 }}
        >
          <ChartTooltip {...tooltip} at={buckets[keys.index] ?? 0} index={keys.index} />
        </div>
      )}
    </div>
  );
}

function highest(values: readonly (number | null)[], kind: TimeChartProps['kind']): number {
  const known = values.map((value) => value ?? 0);
  return kind === 'line' ? Math.max(0, ...known) : known.reduce((sum, value) => sum + value, 0);
}

const OPACITY = { solid: 1, light: 0.6, dashed: 0.7, dotted: 0.75 } as const;
const DASHES = { solid: undefined, light: undefined, dashed: '6 3', dotted: '2 3' } as const;

function mark(kind: TimeChartProps['kind'], { name, color, stroke = 'solid' }: ChartSeries, index: number) {
  const shared = { dataKey: (row: Row) => row.values[index], name, isAnimationActive: false } as const;
  if (kind === 'bar') return <Bar key={name} {...shared} stackId="all" fill={color} maxBarSize={28} />;
  if (kind === 'area') {
    return (
      <Area
        key={name}
        {...shared}
        stackId="all"
        stroke={color}
        strokeWidth={1.25}
        fill={color}
        fillOpacity={0.24}
        activeDot={{ r: 3, strokeWidth: 0 }}
      />
    );
  }
  return (
    <Line
      key={name}
      {...shared}
      stroke={color}
      strokeOpacity={OPACITY[stroke]}
      strokeWidth={stroke === 'solid' ? 1.75 : 1.5}
      strokeDasharray={DASHES[stroke]}
      strokeLinecap="round"
      dot={isolatedDot(color)}
      activeDot={{ r: 3, strokeWidth: 0 }}
    />
  );
}
