'use client';

import { useState } from 'react';
import { type LogRange, logFilters } from '@/lib/logs/schema';
import { useTimeZone } from '../charts/use-time-zone';
import { PageBody, PageHeader } from '../ui/page-header';
import { SegmentedControl } from '../ui/segmented-control';
import { Select } from '../ui/select';
import { useSearch } from '../ui/use-search';
import { LiveButton } from './live-button';
import { LogFilterBar } from './log-filters';
import { LogsBody } from './logs-body';
import { useLogs } from './use-logs';

const RANGES: readonly { value: LogRange | 'stretch'; label: string; title: string }[] = [
  { value: '1h', label: '1 h', title: 'Last hour' },
  { value: '24h', label: '24 h', title: 'Last 24 hours' },
  { value: '7d', label: '7 d', title: 'Last 7 days' },
  { value: '30d', label: '30 d', title: 'Last 30 days' },
  { value: 'all', label: 'All', title: 'All that is kept' },
];

const ENVIRONMENTS = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
] as const;

/** The log page. Its address says what it shows; `drawnFor` is the time zone the server wrote the times in. */
export function LogsView({ drawnFor }: { drawnFor: string }) {
  const { search, setSearch } = useSearch();
  const filters = logFilters.parse(search);
  const timeZone = useTimeZone(drawnFor);
  const first = !filters.older && !filters.newer;
  const stretch = filters.from !== undefined || filters.to !== undefined;
  const [live, setLive] = useState(true);
  const logs = useLogs(filters, live && first && filters.to === undefined);
  const change = (patch: Record<string, string | null>) => setSearch({ ...patch, older: null, newer: null });
  return (
    <>
      <PageHeader
        title="Logs"
        actions={
          <>
            <Select
              aria-label="Environment"
              options={ENVIRONMENTS}
              value={filters.environment ?? logs.data?.environment ?? 'production'}
              onValueChange={(environment) => change({ environment, model: null, key: null })}
            />
            <SegmentedControl
              aria-label="Range"
              options={RANGES}
              value={stretch ? 'stretch' : filters.range}
              onValueChange={(range) => change({ range, from: null, to: null })}
            />
            {filters.to === undefined && (
              <LiveButton live={live && first} onChange={setLive} onFirstPage={() => change({})} first={first} />
            )}
          </>
        }
      />
      <PageBody className="gap-4">
        <LogFilterBar filters={filters} timeZone={timeZone} onChange={change} />
        <LogsBody logs={logs} filters={filters} timeZone={timeZone} setSearch={setSearch} onChange={change} />
      </PageBody>
    </>
  );
}
