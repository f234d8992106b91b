import { PageBody, PageHeader } from '@/components/ui/page-header';
import { SkeletonCard } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Cache doctor" />
      <PageBody className="max-w-[960px]">
        <SkeletonCard className="h-64" />
      </PageBody>
    </>
  );
}
