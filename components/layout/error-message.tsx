'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { FullPageMessage } from './full-page-message';

/** What stands in for a page that failed. The digest leads to the line in the server log. */
export function ErrorMessage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <FullPageMessage
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
          <Button asChild>
            <Link href="/dashboard">Go to the dashboard</Link>
          </Button>
        </>
      }
    >
      Something failed on our side; nothing you entered is to blame. The server log has the details
      {digest ? (
        <>
          {' '}
          under <code className="font-mono text-foreground text-sm">{digest}</code>.
        </>
      ) : (
        '.'
      )}
    </FullPageMessage>
  );
}
