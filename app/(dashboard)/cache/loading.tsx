import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Cache doctor" />
      <PageBody className="max-w-[960px]">
        <Card aria-busy className="flex h-64 flex-col gap-4 p-4">
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-96 max-w-full" />
          <Skeleton className="h-3 w-80 max-w-full" />
        </Card>
      </PageBody>
    </>
  );
}
