'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTimeZone } from '@/components/charts/use-time-zone';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { LocalTime, RelativeTime } from '@/components/ui/time';
import { withSearch } from '@/components/ui/use-search';
import type { CustomerDetail, CustomerFilters } from '@/lib/customers/schema';
import { formatCount, formatDurationMs, formatMoney, formatPlural, formatRate } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { CustomerCharts } from './customer-charts';
import { Figures } from './customer-figures';
import { CustomerLogs } from './customer-logs';
import { CustomersFilter } from './customers-filter';

interface CustomerPageProps {
  filters: CustomerFilters;
  detail: CustomerDetail;
  logs: readonly LogRow[];
  /** The reader's time zone as the server knew it. */
  drawnFor: string;
}

export function CustomerPage({ filters, detail, logs, drawnFor }: CustomerPageProps) {
  const { customer, name, environment, buckets } = detail;
  const router = useRouter();
  const timeZone = useTimeZone(drawnFor);
  const logsHref = (time: Record<string, number | string | undefined>) =>
    `/logs${withSearch({}, { environment, ...time, filters: JSON.stringify([{ field: 'customer_identifier', value: [customer] }]) })}`;
  return (
    <>
      <PageHeader
        parent={{ label: 'Customers', href: `/customers${withSearch({}, { environment, range: filters.range })}` }}
        title={name ?? customer}
        actions={<CustomersFilter filters={filters} environment={environment} />}
      />
      <PageBody>
        <Identity detail={detail} />
        <Figures label="Key figures" items={figuresOf(detail)} />
        <CustomerCharts
          detail={detail}
          timeZone={timeZone}
          onBucket={(index) => router.push(logsHref({ from: buckets[index], to: buckets[index + 1] }))}
        />
        <div className="grid grid-cols-3 gap-6 max-xl:grid-cols-1">
          <Card className="col-span-2 min-w-0 max-xl:col-span-1">
            <CardHeader
              title="Last requests"
              actions={
                <Button size="sm" asChild>
                  <Link href={logsHref({ range: filters.range === '90d' ? 'all' : filters.range })}>All logs</Link>
                </Button>
              }
            />
            <CustomerLogs logs={logs} />
          </Card>
          <Models detail={detail} />
        </div>
      </PageBody>
    </>
  );
}

function Identity({ detail: { customer, name, email, firstSeen, lastActive } }: { detail: CustomerDetail }) {
  return (
    <div className="-mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted-foreground text-sm">
      <span className="flex min-w-0 max-w-full items-center gap-1">
        <span className="figures min-w-0 whitespace-normal break-all text-xs">{customer}</span>
        <CopyButton value={customer} label="Copy customer identifier" />
      </span>
      {name && email && <span>{email}</span>}
      {!name && email && <span>{email}</span>}
      <span>
        First seen <LocalTime at={firstSeen} style="date" />
      </span>
      <span>
        Last active <RelativeTime at={lastActive} />
      </span>
    </div>
  );
}

function Models({ detail: { logs } }: { detail: CustomerDetail }) {
  const most = Math.max(1, ...(logs?.models.map(({ requests }) => requests) ?? []));
  return (
    <Card>
      <CardHeader title="Models" description="Of all its logs that are kept, in both environments." />
      {logs === null || logs.models.length === 0 ? (
        <p className="px-4 pb-4 text-muted-foreground text-sm">None of its logs are kept.</p>
      ) : (
        <ul className="flex flex-col gap-2 px-4 pb-4">
          {logs.models.map(({ model, requests }) => (
            <li key={model ?? ''} className="text-xs">
              <span className="flex justify-between gap-3">
                <span className="min-w-0 truncate" title={model ?? undefined}>
                  {model ?? 'No model'}
                </span>
                <span className="figures">{formatCount(requests)}</span>
              </span>
              <span className="mt-1 block h-1 rounded-full bg-muted">
                <span
                  className="block h-full rounded-full bg-primary"
                  style={{ width: `${(requests / most) * 100}%` }}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function figuresOf(detail: CustomerDetail) {
  const { requests, errors, costNanoUsd, unpricedRequests, activeDays, logs } = detail;
  const unpriced = `without ${formatPlural(unpricedRequests, 'request')} of unknown price`;
  return [
    { label: 'Requests', hint: `on ${formatPlural(activeDays, 'day')}`, value: formatCount(requests) },
    { label: 'Cost', hint: unpricedRequests > 0 ? unpriced : 'in this range', value: formatMoney(costNanoUsd) },
    {
      label: 'Cost a request',
      hint: 'in this range',
      value: formatMoney(requests === 0 ? null : BigInt(costNanoUsd) / BigInt(requests)),
    },
    {
      label: 'Error rate',
      hint: `${formatCount(errors)} failed`,
      value: formatRate(requests === 0 ? null : errors / requests),
    },
    { label: 'Average latency', hint: 'of all kept logs', value: formatDurationMs(logs?.averageLatencyMs) },
    { label: 'Average TTFT', hint: 'of all kept logs', value: formatDurationMs(logs?.averageTtftMs) },
  ];
}
