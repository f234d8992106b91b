import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SharedLog } from '@/components/logs/shared-log';
import { sharedLogContext } from '@/lib/auth/shared-context';
import { AppError } from '@/lib/errors';
import { redacted } from '@/lib/logs/redacted';
import { viewLog } from '@/lib/logs/view';

export const metadata: Metadata = {
  title: 'Shared log',
  robots: { index: false, follow: false, nocache: true },
  // The address is the secret.
  referrer: 'no-referrer',
};

interface SharePageProps {
  params: Promise<{ secret: string }>;
}

/** One log, for whoever has the link. */
export default async function SharePage({ params }: SharePageProps) {
  const shared = await sharedLogContext((await params).secret);
  if (!shared) notFound();
  const view = await viewLog(shared.ctx, shared.logId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  return <SharedLog view={redacted(view)} expiresAt={shared.expiresAt.getTime()} />;
}
