import { ScrollText, SearchX } from 'lucide-react';
import Link from 'next/link';
import type { LogFilters, LogPage } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { isFiltered, WITHOUT_FILTERS } from './use-log-filters';

interface LogsEmptyProps {
  page: LogPage;
  filters: LogFilters;
  onChange: (patch: Record<string, string | null>) => void;
}

/** No logs: because there are none yet, because the filters leave none, or because they are further back. */
export function LogsEmpty({ page, filters, onChange }: LogsEmptyProps) {
  if (!page.hasTraffic) {
    return (
      <EmptyState
        icon={ScrollText}
        title="Every request will be here"
        action={
          <Button asChild variant="primary">
            <Link href="/welcome">Send the first request</Link>
          </Button>
        }
      >
        With its prompt and reply, what it cost, how long it took and why it failed. It takes a key and one call; the
        simulator answers without a provider account.
      </EmptyState>
    );
  }
  const other = page.environment === 'production' ? 'test' : 'production';
  const filtered = isFiltered(filters);
  return (
    <EmptyState
      icon={SearchX}
      title={filtered ? 'No log matches these filters' : `No ${page.environment} requests in this range`}
      action={
        <>
          {filtered && (
            <Button variant="primary" onClick={() => onChange(WITHOUT_FILTERS)}>
              Clear filters
            </Button>
          )}
          {filters.q && filters.in !== 'bodies' && (
            <Button onClick={() => onChange({ in: 'bodies' })}>Search whole texts</Button>
          )}
          {filters.range !== 'all' && (
            <Button onClick={() => onChange({ range: 'all', from: null, to: null })}>Show all time</Button>
          )}
          <Button onClick={() => onChange({ environment: other, model: null, key: null })}>Show {other}</Button>
        </>
      }
    >
      Look further back, in the other environment, or with fewer filters.
    </EmptyState>
  );
}
