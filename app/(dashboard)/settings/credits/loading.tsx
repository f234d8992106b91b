import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Credits" />
      <PageBody className="max-w-[1120px]">
        <div className="grid grid-cols-[3fr_2fr] items-start gap-6 max-lg:grid-cols-1 max-md:gap-4">
          <div className="flex min-w-0 flex-col gap-6">
            <Card aria-busy className="flex h-36 flex-col gap-4 p-4">
              <Skeleton className="h-8 w-40" />
              <Skeleton className="h-3 w-80 max-w-full" />
            </Card>
            <Card aria-busy className="h-72" />
          </div>
          <Card aria-busy className="h-56" />
        </div>
      </PageBody>
    </>
  );
}
