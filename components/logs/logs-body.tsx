'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { LogFilters, LogPage } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { Notice } from '../ui/notice';
import { LogList } from './log-list';
import { LogTable } from './log-table';
import { LogsEmpty } from './logs-empty';
import { LogsSkeleton } from './logs-skeleton';

interface LogsBodyProps {
  logs: UseQueryResult<LogPage>;
  filters: LogFilters;
  timeZone: string;
  setSearch: (patch: Record<string, string | null>) => void;
  onChange: (patch: Record<string, string | null>) => void;
}

export function LogsBody({ logs, filters, timeZone, setSearch, onChange }: LogsBodyProps) {
  const { data, error, isFetching, isPlaceholderData, refetch } = logs;
  return (
    <>
      {error && (
        <Notice
          tone="danger"
          title={data ? 'These logs could not be brought up to date' : 'The logs could not be loaded'}
          action={
            <Button size="sm" pending={isFetching} onClick={() => refetch()}>
              Try again
            </Button>
          }
        >
          {error.message}
        </Notice>
      )}
      {!data && !error && <LogsSkeleton />}
      {data && (
        <Card className={cn('overflow-hidden transition-opacity', isPlaceholderData && 'opacity-60')}>
          {data.rows.length === 0 ? (
            <LogsEmpty page={data} filters={filters} onChange={onChange} />
          ) : (
            <>
              <LogTable rows={data.rows} timeZone={timeZone} />
              <LogList rows={data.rows} timeZone={timeZone} />
            </>
          )}
          {(data.older || data.newer) && <Pager page={data} setSearch={setSearch} />}
        </Card>
      )}
    </>
  );
}

function Pager({ page, setSearch }: { page: LogPage; setSearch: LogsBodyProps['setSearch'] }) {
  const go = (patch: Record<string, string | null>) => {
    setSearch(patch);
    window.scrollTo({ top: 0 });
  };
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t px-4 py-2">
      <Button size="sm" variant="ghost" disabled={!page.newer} onClick={() => go({ newer: page.newer, older: null })}>
        <ChevronLeft aria-hidden />
        Newer
      </Button>
      <Button size="sm" variant="ghost" disabled={!page.older} onClick={() => go({ older: page.older, newer: null })}>
        Older
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  );
}
