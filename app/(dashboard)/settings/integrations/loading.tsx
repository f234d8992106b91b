import { Card } from '@/components/ui/card';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Integrations" />
      <PageBody className="max-w-[960px]">
        {['first', 'second', 'third', 'fourth'].map((card) => (
          <Card key={card} aria-busy className="flex h-36 flex-col gap-3 p-4">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-3 w-72" />
            <Skeleton className="mt-auto h-3 w-full" />
          </Card>
        ))}
      </PageBody>
    </>
  );
}
