import { PageBody, PageHeader } from '@/components/ui/page-header';
import { SkeletonCard } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Webhooks" />
      <PageBody className="max-w-[1100px]">
        <SkeletonCard />
      </PageBody>
    </>
  );
}
