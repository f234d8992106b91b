import { PageBody, PageHeader } from '@/components/ui/page-header';
import { SkeletonCard } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Load balancing" />
      <PageBody className="max-w-[960px]">
        <SkeletonCard />
      </PageBody>
    </>
  );
}
