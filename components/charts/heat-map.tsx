'use client';

import { axisTicks, type BucketWidth, bucketLabel, tickLabel } from './time-axis';
import { useChartKeys } from './use-chart-keys';

interface HeatMapProps {
  /** Starts of the buckets, milliseconds since the epoch. */
  buckets: readonly number[];
  bucketWidth: BucketWidth;
  timeZone: string;
  /** From the top row down, each with a count for every bucket. */
  rows: readonly { readonly name: string; readonly counts: readonly number[] }[];
  label: string;
  onCell: (row: number, bucket: number) => void;
}

/** Counts as the depth of a colour. Cells without a count are empty. */
export function HeatMap({ buckets, bucketWidth, timeZone, rows, label, onCell }: HeatMapProps) {
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts));
  const columns = buckets.length;
  const textOf = (cell: number) => {
    const row = rows[Math.floor(cell / columns)];
    const count = row?.counts[cell % columns] ?? 0;
    return `${row?.name}, ${bucketLabel(buckets[cell % columns] ?? 0, bucketWidth, timeZone)}: ${count === 1 ? '1 request' : `${count.toLocaleString('en-US')} requests`}`;
  };
  const open = (cell: number) => onCell(Math.floor(cell / columns), cell % columns);
  const keys = useChartKeys({ count: rows.length * columns, label, textOf, onOpen: open, rowLength: columns });
  const ticks = axisTicks(buckets, bucketWidth, timeZone);
  return (
    <div className="flex size-full flex-col">
      <div className="flex min-h-0 flex-1 gap-1">
        <div
          aria-hidden
          className="figures grid w-20 shrink-0 auto-rows-fr text-right text-[11px] text-muted-foreground"
        >
          {rows.map(({ name }) => (
            <span key={name} className="self-center truncate">
              {name}
            </span>
          ))}
        </div>
        <div
          {...keys.props}
          className="grid min-w-0 flex-1 auto-rows-fr gap-px rounded-sm"
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {rows.flatMap(({ name, counts }, row) =>
            counts.map((count, bucket) => {
              const cell = row * columns + bucket;
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: the map around it is the control for the keyboard
                // biome-ignore lint/a11y/useKeyWithClickEvents: as above
                <div
                  key={`${name} ${buckets[bucket]}`}
                  title={textOf(cell)}
                  onClick={count > 0 ? () => open(cell) : undefined}
                  className={
                    count > 0 ? 'cursor-pointer rounded-[1px] hover:outline hover:outline-border-strong' : 'bg-muted/40'
                  }
                  style={{
                    background:
                      count > 0 ? `color-mix(in oklch, var(--chart-1) ${depth(count, most)}%, var(--card))` : undefined,
                    outline: keys.index === cell ? '2px solid var(--foreground)' : undefined,
                  }}
                />
              );
            }),
          )}
        </div>
      </div>
      <div aria-hidden className="relative mt-1 ml-21 h-5 text-[11px] text-muted-foreground">
        {ticks.map((at) => (
          <span
            key={at}
            className="-translate-x-1/2 absolute whitespace-nowrap"
            style={{ left: `${((buckets.indexOf(at) + 0.5) / columns) * 100}%` }}
          >
            {tickLabel(at, bucketWidth, timeZone)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Percent of the full colour. By the square root, so that a few beside many still show. */
function depth(count: number, most: number): number {
  return Math.round(14 + 86 * Math.sqrt(count / most));
}
