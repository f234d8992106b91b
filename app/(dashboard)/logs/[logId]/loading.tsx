import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

const FIGURES = ['Arrived', 'Cost', 'Tokens', 'Latency', 'TTFT', 'Speed'];

export default function Loading() {
  return (
    <>
      <PageHeader parent={{ label: 'Logs', href: '/logs' }} title={<Skeleton className="h-6 w-44" />} />
      <PageBody>
        <Card className="grid grid-cols-6 overflow-hidden max-lg:grid-cols-3 max-sm:grid-cols-2" aria-busy="true">
          {FIGURES.map((label) => (
            <div key={label} className="-mt-px -ml-px border-t border-l px-4 py-3">
              <p className="text-muted-foreground text-xs">{label}</p>
              <Skeleton className="mt-1.5 h-5 w-16" />
            </div>
          ))}
        </Card>
        <div className="grid grid-cols-[minmax(0,1fr)_320px] gap-6 max-lg:grid-cols-1">
          <div className="flex flex-col gap-4">
            <Skeleton className="h-9 w-full" />
            <Skeleton className="h-24 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
          <Skeleton className="h-56 w-full" />
        </div>
      </PageBody>
    </>
  );
}
