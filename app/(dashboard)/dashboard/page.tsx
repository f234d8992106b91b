import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { viewerTimeZone } from '@/app/viewer-time-zone';
import { DashboardView } from '@/components/analytics/dashboard-view';
import { overviewKey } from '@/components/analytics/overview-key';
import { overview } from '@/lib/analytics/overview';
import { dashboardFilters } from '@/lib/analytics/schema';
import { pageContext } from '@/lib/auth/guards';

export const metadata: Metadata = { title: 'Dashboard' };

interface DashboardPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DashboardPage({ searchParams }: DashboardPageProps) {
  const ctx = await pageContext();
  const filters = dashboardFilters.parse(await searchParams);
  const timeZone = await viewerTimeZone();
  const queries = new QueryClient();
  // A failure here is not the page's: the browser asks again and shows what went wrong.
  await queries.prefetchQuery({
    queryKey: overviewKey(filters, timeZone),
    queryFn: () => overview(ctx, { ...filters, timeZone }),
  });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <DashboardView drawnFor={timeZone} />
    </HydrationBoundary>
  );
}
