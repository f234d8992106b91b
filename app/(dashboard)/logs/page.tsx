import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { viewerTimeZone } from '@/app/viewer-time-zone';
import { FACET_FIELDS, facetsKey, firstPage, logsKey } from '@/components/logs/log-keys';
import { LogsView } from '@/components/logs/logs-view';
import { pageContext } from '@/lib/auth/guards';
import { logFacets } from '@/lib/logs/facets';
import { listLogs } from '@/lib/logs/queries';
import { logFilters } from '@/lib/logs/schema';

export const metadata: Metadata = { title: 'Logs' };

interface LogsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function LogsPage({ searchParams }: LogsPageProps) {
  const ctx = await pageContext();
  const filters = logFilters.parse(await searchParams);
  const queries = new QueryClient();
  // A failure here is not the page's: the browser asks again and shows what went wrong.
  await Promise.all([
    queries.prefetchInfiniteQuery({
      queryKey: logsKey(filters),
      queryFn: () => listLogs(ctx, filters),
      initialPageParam: firstPage(filters),
    }),
    queries.prefetchQuery({ queryKey: facetsKey(filters), queryFn: () => logFacets(ctx, filters, FACET_FIELDS) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <LogsView drawnFor={await viewerTimeZone()} />
    </HydrationBoundary>
  );
}
