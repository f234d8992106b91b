import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { Skeleton } from '../ui/skeleton';

/** The dashboard's layout before its data: the same boxes in the same sizes. */
export function DashboardSkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading the dashboard" role="status" className="contents">
      <div>
        <Card className="grid grid-cols-6 overflow-hidden max-md:grid-cols-2 max-xl:grid-cols-3">
          {FIGURES.map((label) => (
            <div key={label} className="-mt-px -ml-px border-t border-l px-4 pt-3 pb-2">
              <p className="text-muted-foreground text-xs">{label}</p>
              <Skeleton className="mt-1.5 h-5 w-20" />
              <Skeleton className="mt-2 h-3 w-12" />
              <Skeleton className="mt-2 h-7 w-full" />
            </div>
          ))}
        </Card>
        <Skeleton className="mt-2 h-4 w-56" />
      </div>
      <div className="grid grid-cols-3 gap-6 max-md:gap-4 max-xl:grid-cols-1">
        <ChartSkeleton title="Cost over time" className="col-span-2 max-xl:col-span-1" />
        <RankingSkeleton title="Top models" />
      </div>
      <div className="grid grid-cols-2 gap-6 max-lg:grid-cols-1 max-md:gap-4">
        <ChartSkeleton title="Latency percentiles" />
        <ChartSkeleton title="Reliability" />
      </div>
      <div className="grid grid-cols-3 gap-6 max-md:gap-4 max-xl:grid-cols-1">
        <ChartSkeleton title="Requests over time" className="col-span-2 max-xl:col-span-1" />
        <RankingSkeleton title="Top keys" />
      </div>
      <div className="grid grid-cols-3 gap-6 max-lg:grid-cols-1 max-md:gap-4">
        <ChartSkeleton title="Tokens by class" />
        <ChartSkeleton title="Prompt cache" />
        <ChartSkeleton title="Output speed" />
      </div>
    </div>
  );
}

const FIGURES = ['Requests', 'Cost', 'Error rate', 'p95 latency', 'TTFT p50', 'Cache hit'];

function ChartSkeleton({ title, className }: { title: string; className?: string }) {
  return (
    <Card className={className}>
      <h2 className="px-4 pt-3 pb-2 font-medium text-sm">{title}</h2>
      <Skeleton className="mx-4 mb-2 h-3 w-40" />
      <div className="h-52 px-4 pb-2">
        <Skeleton className="h-full w-full" />
      </div>
      <div className="mt-2 border-t px-4 py-2.5">
        <Skeleton className="h-4 w-64 max-w-full" />
      </div>
    </Card>
  );
}

function RankingSkeleton({ title }: { title: string }) {
  return (
    <Card className="min-h-60">
      <h2 className="px-4 pt-3 pb-2 font-medium text-sm">{title}</h2>
      {['w-full', 'w-4/5', 'w-3/5', 'w-2/5'].map((width) => (
        <div key={width} className="px-4 py-1">
          <Skeleton className={cn('h-6', width)} />
        </div>
      ))}
    </Card>
  );
}
