import { LogsSkeleton } from '@/components/logs/logs-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="flex h-dvh flex-col max-md:h-[calc(100dvh-48px)]">
      <PageHeader title="Logs" actions={<Skeleton className="h-8 w-96 max-md:w-64" />} />
      <div className="flex min-h-0 flex-1 flex-col gap-3 p-6 pt-4 max-md:p-4">
        <Skeleton className="h-8 w-96 max-md:w-60" />
        <LogsSkeleton />
      </div>
    </div>
  );
}
