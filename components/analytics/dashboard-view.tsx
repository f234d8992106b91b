'use client';

import { useRouter } from 'next/navigation';
import { dashboardFilters } from '@/lib/analytics/schema';
import { useTimeZone } from '../charts/use-time-zone';
import { cn } from '../ui/cn';
import { PageBody, PageHeader } from '../ui/page-header';
import { SegmentedControl } from '../ui/segmented-control';
import { Select } from '../ui/select';
import { useSearch } from '../ui/use-search';
import { DashboardBody } from './dashboard-body';
import { DashboardFailure } from './dashboard-failure';
import { DashboardSkeleton } from './dashboard-skeleton';
import { type LogLink, logsHref } from './log-link';
import { ENVIRONMENT_OPTIONS, RANGE_OPTIONS } from './ranges';
import { useOverview } from './use-overview';

/** The dashboard. Its address says what it shows; `drawnFor` is the time zone the server took the days from. */
export function DashboardView({ drawnFor }: { drawnFor: string }) {
  const { search, setSearch } = useSearch();
  const router = useRouter();
  const filters = dashboardFilters.parse(search);
  const timeZone = useTimeZone(drawnFor);
  const { data, error, isPlaceholderData, refetch, isFetching } = useOverview(filters, timeZone);
  const environment = filters.environment ?? data?.environment ?? 'production';

  function openLogs(link: LogLink) {
    if (data) router.push(logsHref(data, link));
  }

  return (
    <>
      <PageHeader
        title="Dashboard"
        actions={
          <>
            <Select
              aria-label="Environment"
              options={ENVIRONMENT_OPTIONS}
              value={environment}
              onValueChange={(value) => setSearch({ environment: value })}
            />
            <SegmentedControl
              aria-label="Range"
              options={RANGE_OPTIONS}
              value={filters.range}
              onValueChange={(range) => setSearch({ range })}
            />
          </>
        }
      />
      <PageBody className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}>
        {error && (
          <DashboardFailure
            message={error.message}
            retrying={isFetching}
            onRetry={() => refetch()}
            stale={Boolean(data)}
          />
        )}
        {data ? (
          <DashboardBody
            overview={data}
            filters={filters}
            timeZone={timeZone}
            metric={search.metric === 'ttft' ? 'ttft' : 'latency'}
            outcomes={search.outcomes === 'failed' ? 'failed' : 'all'}
            setSearch={setSearch}
            onLogs={openLogs}
          />
        ) : (
          !error && <DashboardSkeleton />
        )}
      </PageBody>
    </>
  );
}
