'use client';

import { ChartNoAxesColumn } from 'lucide-react';
import Link from 'next/link';
import type { Overview } from '@/lib/analytics/schema';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Notice } from '../ui/notice';
import { FigureStrip } from './figure-strip';
import { FilterChips } from './filter-chips';
import { LatencyCard } from './latency-card';
import { CostCard, RequestsCard } from './model-cards';
import { RANGE_WORDS } from './ranges';
import { TopKeys, TopModels } from './rankings';
import { type OutcomeView, ReliabilityCard } from './reliability-card';

interface DashboardBodyProps {
  overview: Overview;
  timeZone: string;
  outcomes: OutcomeView;
  setSearch: (patch: Record<string, string | null>) => void;
  onBucket: (index: number) => void;
}

export function DashboardBody({ overview, timeZone, outcomes, setSearch, onBucket }: DashboardBodyProps) {
  if (!overview.hasTraffic) return <NoTraffic />;
  const chart = { overview, timeZone, onBucket };
  const setView = (view: OutcomeView) => setSearch({ outcomes: view === 'all' ? null : view });
  return (
    <>
      <FilterChips chips={chipsOf(overview, setSearch)} />
      {overview.summary.current.requests === 0 && <Quiet overview={overview} setSearch={setSearch} />}
      <FigureStrip overview={overview} />
      <div className="grid grid-cols-3 gap-6 max-md:gap-4 max-xl:grid-cols-1">
        <CostCard {...chart} className="col-span-2 max-xl:col-span-1" />
        <TopModels overview={overview} />
      </div>
      <div className="grid grid-cols-2 gap-6 max-lg:grid-cols-1 max-md:gap-4">
        <LatencyCard {...chart} />
        <ReliabilityCard {...chart} view={outcomes} onView={setView} />
      </div>
      <div className="grid grid-cols-3 gap-6 max-md:gap-4 max-xl:grid-cols-1">
        <RequestsCard {...chart} className="col-span-2 max-xl:col-span-1" />
        <TopKeys overview={overview} />
      </div>
    </>
  );
}

function chipsOf({ filteredBy }: Overview, setSearch: DashboardBodyProps['setSearch']) {
  const { model, key } = filteredBy;
  return [
    ...(model ? [{ label: 'Model', value: model, onRemove: () => setSearch({ model: null }) }] : []),
    ...(key ? [{ label: 'Key', value: key.name, onRemove: () => setSearch({ key: null }) }] : []),
  ];
}

function NoTraffic() {
  return (
    <Card>
      <EmptyState
        icon={ChartNoAxesColumn}
        title="Requests, cost, latency and errors will be here"
        action={
          <Button asChild variant="primary">
            <Link href="/welcome">Send the first request</Link>
          </Button>
        }
      >
        As soon as a request goes through the gateway, this page counts it. It takes a key and one call; the simulator
        answers without a provider account.
      </EmptyState>
    </Card>
  );
}

/** There is traffic, only not here: says where to look. */
function Quiet({ overview, setSearch }: Pick<DashboardBodyProps, 'overview' | 'setSearch'>) {
  const other = overview.environment === 'production' ? 'test' : 'production';
  return (
    <Notice
      title={`No ${overview.environment} requests in the ${RANGE_WORDS[overview.range]}`}
      action={
        <span className="flex flex-wrap justify-end gap-2">
          {overview.range !== '30d' && (
            <Button size="sm" onClick={() => setSearch({ range: '30d' })}>
              Show 30 days
            </Button>
          )}
          <Button size="sm" onClick={() => setSearch({ environment: other })}>
            Show {other}
          </Button>
        </span>
      }
    >
      Nothing matches this range and these filters.
    </Notice>
  );
}
