import Link from 'next/link';
import { FullPageMessage } from '@/components/layout/full-page-message';
import { Button } from '@/components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <FullPageMessage
      title="Nothing at this address"
      actions={
        <Button asChild variant="primary">
          <Link href="/dashboard">Go to the dashboard</Link>
        </Button>
      }
    >
      It may have been removed, belong to another organization, or the address has a typing error.
    </FullPageMessage>
  );
}
