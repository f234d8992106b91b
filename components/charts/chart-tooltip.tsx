import type { ChartSeries } from './series';
import { type BucketWidth, bucketLabel } from './time-axis';
import type { Unit } from './values';

interface ChartTooltipProps {
  at: number;
  index: number;
  /** Index of the last bucket, which is still filling. */
  last: number;
  series: readonly ChartSeries[];
  unit: Unit;
  bucketWidth: BucketWidth;
  timeZone: string;
}

/** What every series has at one time, largest first, with their total where parts add up. */
export function ChartTooltip({ at, index, last, series, unit, bucketWidth, timeZone }: ChartTooltipProps) {
  const { known, sorted } = valuesAt({ series, unit, index });
  return (
    <div className="min-w-44 rounded-md bg-popover px-3 py-2 text-xs shadow-float">
      <p className="mb-1 text-muted-foreground">
        {bucketLabel(at, bucketWidth, timeZone)}
        {index === last && ', so far'}
      </p>
      {sorted.map(({ name, color, value }) => (
        <p key={name} className="flex items-center gap-2">
          <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="figures">{unit.exact(value)}</span>
        </p>
      ))}
      {known.length === 0 && <p>No requests</p>}
      {unit.additive && known.length > 1 && (
        <p className="mt-1 flex justify-between border-t pt-1 font-medium">
          Total <span className="figures">{unit.exact(known.reduce((sum, { value }) => sum + value, 0))}</span>
        </p>
      )}
    </div>
  );
}

/** The same in a sentence. */
export function tooltipText({ at, index, last, series, unit, bucketWidth, timeZone }: ChartTooltipProps): string {
  const { known, sorted } = valuesAt({ series, unit, index });
  const parts = sorted.map(({ name, value }) => `${name} ${unit.exact(value)}`);
  if (unit.additive && known.length > 1) {
    parts.push(`total ${unit.exact(known.reduce((sum, { value }) => sum + value, 0))}`);
  }
  return `${bucketLabel(at, bucketWidth, timeZone)}${index === last ? ', so far' : ''}: ${parts.join(', ') || 'no requests'}`;
}

function valuesAt({ series, unit, index }: Pick<ChartTooltipProps, 'series' | 'unit' | 'index'>) {
  const known = series.flatMap((one) => {
    const value = one.values[index];
    return value === null || value === undefined || (unit.additive && value === 0) ? [] : [{ ...one, value }];
  });
  return { known, sorted: unit.additive ? [...known].sort((a, b) => b.value - a.value) : [...known].reverse() };
}
