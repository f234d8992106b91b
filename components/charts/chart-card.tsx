import type { ReactNode } from 'react';
import { Card, CardFooter, CardHeader } from '../ui/card';
import { cn } from '../ui/cn';
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
    <Card className={cn('flex min-w-0 flex-col overflow-x-clip', className)}>
      <CardHeader title={title} actions={actions} />
      <Legend series={series} />
      <div className="relative min-h-52 flex-1">
        <div className="absolute inset-x-2 inset-y-0">{children}</div>
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
