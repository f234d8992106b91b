'use client';

import type { DashboardFilters, Overview, RankedRow } from '@/lib/analytics/schema';
import { formatDate } from '@/lib/format';
import { slotColor } from '../charts/colors';
import { Button } from '../ui/button';
import { Card, CardHeader } from '../ui/card';
import { Skeleton } from '../ui/skeleton';
import { type LogLink, logsHref } from './log-link';
import { RANGE_WORDS } from './ranges';
import { type Ranked, Ranking } from './ranking';
import { isKnown, nameOf } from './series';
import { useTopCustomers } from './use-overview';

export function TopModels({ overview }: { overview: Overview }) {
  return (
    <Ranking
      title="Top models"
      empty={`No requests in the ${RANGE_WORDS[overview.range]}`}
      rows={ranked(overview, 'model', (model) => ({ model }))}
    />
  );
}

export function TopProviders({ overview }: { overview: Overview }) {
  return (
    <Ranking
      title="Top providers"
      empty={`No requests in the ${RANGE_WORDS[overview.range]}`}
      rows={ranked(overview, 'provider', (id) => ({ filters: [{ field: 'provider_id', value: [id] }] }))}
    />
  );
}

export function TopKeys({ overview }: { overview: Overview }) {
  return (
    <Ranking
      title="Top keys"
      empty={`No requests in the ${RANGE_WORDS[overview.range]}`}
      rows={ranked(overview, 'key', (key) => ({ key }))}
    />
  );
}

function ranked(overview: Overview, by: Overview['by'], linkOf: (id: string) => LogLink): Ranked[] {
  return overview.top[by].map((row) => ({
    ...row,
    name: nameOf(overview, by, row.id),
    color: by === 'model' ? slotColor(overview.modelColors[row.id]) : null,
    href: isKnown(row.id) ? logsHref(overview, linkOf(row.id)) : null,
  }));
}

interface TopCustomersProps {
  overview: Overview;
  filters: DashboardFilters;
  timeZone: string;
}

/** Loaded after the rest: customers are thousands. */
export function TopCustomers({ overview, filters, timeZone }: TopCustomersProps) {
  const { data, error, refetch, isFetching } = useTopCustomers(filters, timeZone);
  if (data) {
    const note =
      data.since !== null && data.since < overview.from
        ? `Counted by the clock hour, since ${formatDate(new Date(data.since), 'datetime', timeZone)}.`
        : null;
    const rows = customers(overview, data.rows);
    return <Ranking title="Top customers" empty={noCustomers(overview)} rows={rows} note={note} />;
  }
  return (
    <Card className="flex min-h-60 flex-col" aria-busy={!error}>
      <CardHeader title="Top customers" />
      {error ? (
        <div className="grid flex-1 place-content-center justify-items-center gap-3 px-4 py-8 text-center">
          <p role="alert" className="text-muted-foreground">
            {error.message}
          </p>
          <Button size="sm" pending={isFetching} onClick={() => refetch()}>
            Try again
          </Button>
        </div>
      ) : (
        ['w-full', 'w-4/5', 'w-3/5', 'w-2/5'].map((width) => (
          <div key={width} className="px-4 py-1">
            <Skeleton className={`h-6 ${width}`} />
          </div>
        ))
      )}
    </Card>
  );
}

function customers(overview: Overview, rows: readonly RankedRow[]): Ranked[] {
  return rows.map((row) => ({
    ...row,
    name: row.id,
    color: null,
    href: logsHref(overview, { filters: [{ field: 'customer_identifier', value: [row.id] }] }),
  }));
}

function noCustomers({ range, filteredBy }: Overview): string {
  if (filteredBy.model !== null || filteredBy.key !== null) return 'Customers are counted over all models and keys';
  return `No request named a customer in the ${RANGE_WORDS[range]}`;
}
