import type { ChartSeries } from './series';

/** The names of a chart's series, each beside its colour. */
export function Legend({ series }: { series: readonly Pick<ChartSeries, 'name' | 'color' | 'stroke'>[] }) {
  return (
    <ul className="flex min-h-4 flex-wrap gap-x-3 gap-y-0.5 px-4 pb-1 text-muted-foreground text-xs">
      {series.map(({ name, color, stroke }) => (
        <li key={name} className="flex min-w-0 items-center gap-1.5">
          {stroke ? (
            <svg aria-hidden width="14" height="4" className="shrink-0">
              <line
                x1="0"
                x2="14"
                y1="2"
                y2="2"
                stroke={color}
                strokeWidth="2"
                strokeOpacity={stroke === 'light' ? 0.6 : 1}
                strokeDasharray={stroke === 'dotted' ? '2 3' : stroke === 'dashed' ? '6 3' : undefined}
              />
            </svg>
          ) : (
            <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} />
          )}
          <span className="truncate">{name}</span>
        </li>
      ))}
    </ul>
  );
}
