import { TableSkeleton } from '@/components/keys/table-skeleton';
import { PageBody, PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="API keys" />
      <PageBody>
        <TableSkeleton rows={4} />
      </PageBody>
    </>
  );
}
