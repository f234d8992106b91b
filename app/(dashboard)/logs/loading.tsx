import { LogsSkeleton } from '@/components/logs/logs-skeleton';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Logs" actions={<Skeleton className="h-8 w-96 max-md:w-64" />} />
      <PageBody className="gap-4">
        <Skeleton className="h-8 w-60" />
        <LogsSkeleton />
      </PageBody>
    </>
  );
}
