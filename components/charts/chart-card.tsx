import type { ReactNode } from 'react';
import { Card, CardFooter, CardHeader } from '../ui/card';
import { Legend } from './legend';
import type { ChartSeries } from './series';

interface ChartCardProps {
  title: string;
  /** One line under the chart: what it shows and its total. */
  caption: ReactNode;
  series: readonly ChartSeries[];
  /** Shown in place of the chart where there is nothing to draw. */
  empty?: string | null;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A chart with its title, legend and caption. The height is fixed, so that nothing moves when data comes. */
export function ChartCard({ title, caption, series, empty, actions, children, className }: ChartCardProps) {
  return (
    <Card className={className}>
      <CardHeader title={title} actions={actions} />
      <Legend series={series} />
      <div className="relative h-52 px-2">
        {children}
        {empty && (
          <p className="pointer-events-none absolute inset-0 grid place-items-center pb-6 text-muted-foreground">
            {empty}
          </p>
        )}
      </div>
      <CardFooter className="mt-2">{caption}</CardFooter>
    </Card>
  );
}
