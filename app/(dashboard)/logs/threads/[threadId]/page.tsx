import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ThreadView } from '@/components/logs/thread-view';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/guards';
import { getThread } from '@/lib/logs/thread';

export const metadata: Metadata = { title: 'Thread' };

interface ThreadPageProps {
  params: Promise<{ threadId: string }>;
}

export default async function ThreadPage({ params }: ThreadPageProps) {
  const ctx = await pageContext();
  const thread = await getThread(ctx, decoded((await params).threadId));
  if (!thread) notFound();
  return (
    <>
      <PageHeader parent={{ label: 'Logs', href: '/logs' }} title={`Thread ${thread.id}`} />
      <PageBody className="max-w-4xl">
        <ThreadView {...thread} />
      </PageBody>
    </>
  );
}

/** What is no encoding stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
