import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Customers" />
      <PageBody>
        <Card aria-busy className="h-[86px] p-4 max-md:h-[258px] max-xl:h-[171px]">
          <Skeleton className="h-3 w-full" />
        </Card>
        <Card aria-busy className="flex h-96 flex-col gap-4 p-4">
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-96 max-w-full" />
          <Skeleton className="h-3 w-80 max-w-full" />
        </Card>
      </PageBody>
    </>
  );
}
