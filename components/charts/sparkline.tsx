const WIDTH = 120;
const HEIGHT = 28;
const INSET = 2;

/** The shape of a series and nothing else: no axes, no numbers. Gaps are gaps; it starts at zero. */
export function Sparkline({ values, className }: { values: readonly (number | null)[]; className?: string }) {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const x = (index: number) => (values.length > 1 ? (index / (values.length - 1)) * WIDTH : WIDTH / 2);
  const y = (value: number) => HEIGHT - INSET - (value / most) * (HEIGHT - 2 * INSET);
  const points = values.map((value, index) => (value === null ? null : { x: x(index), y: y(value) }));
  const runs = runsOf(points);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={className ?? 'h-7 w-full'}
    >
      {runs.map((run) => (
        <g key={run[0]?.x}>
          <path d={`${pathOf(run)} V ${HEIGHT} H ${run[0]?.x ?? 0} Z`} fill="var(--chart-1)" fillOpacity="0.1" />
          <path
            d={pathOf(run)}
            fill="none"
            stroke="var(--chart-1)"
            strokeWidth="1.25"
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      ))}
    </svg>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Stretches without a gap. */
function runsOf(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point) runs.at(-1)?.push(point);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function pathOf(run: readonly Point[]): string {
  const [first, ...rest] = run.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  // A single point becomes a dot, which the round caps of a line without length draw.
  return `M ${first} ${rest.length === 0 ? 'h 0' : `L ${rest.join(' ')}`}`;
}
