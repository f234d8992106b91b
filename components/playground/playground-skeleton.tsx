import { Card } from '../ui/card';
import { PageBody, PageHeader } from '../ui/page-header';
import { Skeleton } from '../ui/skeleton';

export function PlaygroundSkeleton() {
  return (
    <>
      <PageHeader title="Playground" actions={<Skeleton className="h-8 w-64" />} />
      <PageBody>
        <div aria-busy className="grid grid-cols-2 gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
          <Card className="h-80" />
          <Card className="h-80" />
        </div>
      </PageBody>
    </>
  );
}
