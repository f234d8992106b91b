import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Webhooks" />
      <PageBody className="max-w-[1100px]">
        <Card aria-busy className="flex h-36 flex-col gap-4 p-4">
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-96 max-w-full" />
          <Skeleton className="h-3 w-80 max-w-full" />
        </Card>
      </PageBody>
    </>
  );
}
