import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CurlButton } from '@/components/logs/curl-button';
import { LogBadges } from '@/components/logs/log-badges';
import { LogDetailView } from '@/components/logs/log-detail';
import { ShareMenu } from '@/components/logs/share-menu';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/guards';
import { AppError } from '@/lib/errors';
import { viewLog } from '@/lib/logs/view';

export const metadata: Metadata = { title: 'Log' };

interface LogPageProps {
  params: Promise<{ logId: string }>;
}

export default async function LogPage({ params }: LogPageProps) {
  const ctx = await pageContext();
  const { logId } = await params;
  const view = await viewLog(ctx, logId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const { log } = view;
  return (
    <>
      <PageHeader
        parent={{ label: 'Logs', href: '/logs' }}
        title={log.model ?? 'No model'}
        beside={<LogBadges log={log} className="max-md:hidden" />}
        actions={
          <>
            {log.payload?.request && (
              <Button asChild size="sm">
                <Link href={`/playground?log=${log.id}`} prefetch={false}>
                  Open in playground
                </Link>
              </Button>
            )}
            <CurlButton log={log} />
            <ShareMenu logId={log.id} />
            <CopyButton value={log.id} label="Copy log id" size="md" variant="secondary" />
          </>
        }
      />
      <PageBody>
        <LogBadges log={log} className="md:hidden" />
        <LogDetailView {...view} />
      </PageBody>
    </>
  );
}
