import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton, SkeletonCard } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Customers" />
      <PageBody>
        <Card aria-busy className="h-[86px] p-4 max-md:h-[258px] max-xl:h-[171px]">
          <Skeleton className="h-3 w-full" />
        </Card>
        <SkeletonCard className="h-96" />
      </PageBody>
    </>
  );
}
