'use client';

import type { ReactNode, RefObject } from 'react';
import type { LogFilters } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { Notice } from '../ui/notice';
import { Spinner } from '../ui/spinner';
import type { useColumnLayout } from './column-layout';
import { LogList } from './log-list';
import { LogTable } from './log-table';
import { LogsEmpty } from './logs-empty';
import { LogsSkeleton } from './logs-skeleton';
import { useIsNarrow } from './use-is-narrow';
import type { Change } from './use-log-filters';
import type { useLogs } from './use-logs';

interface LogsBodyProps {
  logs: ReturnType<typeof useLogs>;
  filters: LogFilters;
  timeZone: string;
  layout: ReturnType<typeof useColumnLayout>;
  scroller: RefObject<HTMLDivElement | null>;
  open: string | null;
  onOpen: (id: string) => void;
  onChange: Change;
  onTop: () => void;
  /** Beside the rows, inside the card. */
  facets: ReactNode;
  /** Over the rows. */
  pill: ReactNode;
}

/** The list and the states it can be in. */
export function LogsBody(props: LogsBodyProps) {
  const { logs, filters, onChange, facets, pill } = props;
  const { data, first, rows, error, isFetching, isPlaceholderData, refetch } = logs;
  return (
    <>
      {error && (
        <Notice
          tone="danger"
          title={data ? 'More logs could not be loaded' : 'The logs could not be loaded'}
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
      {first && (
        <Card
          className={cn(
            'relative flex min-h-0 flex-1 overflow-hidden transition-opacity',
            isPlaceholderData && 'opacity-60',
          )}
        >
          {facets}
          {rows.length === 0 && !logs.hasNextPage ? (
            <div className="flex-1 overflow-y-auto">
              <LogsEmpty page={first} filters={filters} onChange={onChange} />
            </div>
          ) : (
            <Rows {...props} />
          )}
          {pill}
        </Card>
      )}
    </>
  );
}

function Rows({ logs, filters, timeZone, layout, scroller, open, onOpen, onTop }: LogsBodyProps) {
  const narrow = useIsNarrow();
  const { rows, hasNextPage, hasPreviousPage, isFetching, isPlaceholderData, error } = logs;
  const idle = !isFetching && !isPlaceholderData && !error;
  const list = {
    rows,
    timeZone,
    scroller,
    selected: open,
    onOpen,
    onOlder: hasNextPage && idle ? () => void logs.fetchNextPage() : null,
    onNewer: hasPreviousPage && idle ? () => void logs.fetchPreviousPage() : null,
  };
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget }) => currentTarget.scrollTop === 0 && onTop()}
      className="relative min-w-0 flex-1 overflow-auto [overflow-anchor:none]"
    >
      {narrow !== true && (
        <div className="min-w-fit max-md:hidden">
          <LogTable {...list} layout={layout} />
        </div>
      )}
      {narrow !== false && (
        <div className="md:hidden">
          <LogList {...list} />
        </div>
      )}
      <div className="flex h-9 items-center justify-center gap-2 text-muted-foreground text-xs">
        {logs.isFetchingNextPage && <Spinner label={null} />}
        {hasNextPage ? (filters.in === 'bodies' ? 'Searching further back' : '') : 'No older logs'}
      </div>
    </div>
  );
}
