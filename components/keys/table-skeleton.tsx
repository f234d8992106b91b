import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

/** A table in its final size, before its rows have come. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <Card aria-busy>
      <div className="flex h-8 items-center border-b px-4">
        <Skeleton className="h-3 w-40" />
      </div>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing else to be told apart by.
        <div key={index} className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0">
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-16" />
          <Skeleton className="ml-auto h-3 w-12" />
        </div>
      ))}
    </Card>
  );
}
