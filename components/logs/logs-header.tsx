'use client';

import type { ComponentProps, ReactNode } from 'react';
import type { LogFilters, LogRange } from '@/lib/logs/schema';
import { PageHeader } from '../ui/page-header';
import { SegmentedControl } from '../ui/segmented-control';
import { Select } from '../ui/select';
import { LiveButton } from './live-button';
import type { Change } from './use-log-filters';

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

interface LogsHeaderProps {
  filters: LogFilters;
  /** The one that is shown where the address names none. */
  environment: 'production' | 'test' | undefined;
  onChange: Change;
  live: ComponentProps<typeof LiveButton>;
  children?: ReactNode;
}

export function LogsHeader({ filters, environment, onChange, live, children }: LogsHeaderProps) {
  const stretch = filters.from !== undefined || filters.to !== undefined;
  return (
    <PageHeader
      title="Logs"
      actions={
        <>
          {children}
          <Select
            aria-label="Environment"
            options={ENVIRONMENTS}
            value={filters.environment ?? environment ?? 'production'}
            onValueChange={(next) => onChange({ environment: next, model: null, key: null })}
          />
          <SegmentedControl
            aria-label="Range"
            options={RANGES}
            value={stretch ? 'stretch' : filters.range}
            onValueChange={(range) => onChange({ range, from: null, to: null })}
          />
          {filters.to === undefined && <LiveButton {...live} />}
        </>
      }
    />
  );
}
