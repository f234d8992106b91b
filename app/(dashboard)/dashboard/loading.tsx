import { DashboardSkeleton } from '@/components/analytics/dashboard-skeleton';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Dashboard" actions={<Skeleton className="h-8 w-72" />} />
      <PageBody>
        <DashboardSkeleton />
      </PageBody>
    </>
  );
}
