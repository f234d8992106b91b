'use client';

import { ChartNoAxesColumn } from 'lucide-react';
import Link from 'next/link';
import type { DashboardFilters, Overview } from '@/lib/analytics/schema';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Notice } from '../ui/notice';
import { CostCard, RequestsCard } from './breakdown-cards';
import { FailuresCard } from './failures-card';
import { FigureStrip } from './figure-strip';
import { FilterChips } from './filter-chips';
import { HealthCard } from './health-card';
import { HeatCard } from './heat-card';
import { LatencyCard, type LatencyMetric } from './latency-card';
import { LimitsCard } from './limits-card';
import type { LogLink } from './log-link';
import { RANGE_WORDS } from './ranges';
import { TopCustomers, TopKeys, TopModels, TopProviders } from './rankings';
import { type OutcomeView, ReliabilityCard } from './reliability-card';
import { CacheCard, SpeedCard, TokensCard } from './token-cards';

interface DashboardBodyProps {
  overview: Overview;
  filters: DashboardFilters;
  timeZone: string;
  outcomes: OutcomeView;
  metric: LatencyMetric;
  setSearch: (patch: Record<string, string | null>) => void;
  onLogs: (link: LogLink) => void;
}

const TWO_THIRDS = 'grid grid-cols-3 gap-6 max-md:gap-4 max-xl:grid-cols-1';
const HALVES = 'grid grid-cols-2 gap-6 max-lg:grid-cols-1 max-md:gap-4';
const THIRDS = 'grid grid-cols-3 gap-6 max-lg:grid-cols-1 max-md:gap-4';
const WIDE = 'col-span-2 max-xl:col-span-1';

export function DashboardBody(props: DashboardBodyProps) {
  const { overview, filters, timeZone, outcomes, metric, setSearch, onLogs } = props;
  if (!overview.hasTraffic) return <NoTraffic />;
  const card = { overview, timeZone, onLogs };
  const setView = (view: OutcomeView) => setSearch({ outcomes: view === 'all' ? null : view });
  const setMetric = (chosen: LatencyMetric) => setSearch({ metric: chosen === 'latency' ? null : chosen });
  return (
    <>
      <FilterChips chips={chipsOf(overview, setSearch)} />
      {overview.summary.current.requests === 0 && <Quiet overview={overview} setSearch={setSearch} />}
      <FigureStrip overview={overview} />
      <div className={TWO_THIRDS}>
        <CostCard {...card} onBy={(by) => setSearch({ by: by === 'model' ? null : by })} className={WIDE} />
        <TopModels overview={overview} />
      </div>
      <div className={HALVES}>
        <LatencyCard {...card} metric={metric} onMetric={setMetric} />
        <ReliabilityCard {...card} view={outcomes} onView={setView} />
      </div>
      <div className={TWO_THIRDS}>
        <RequestsCard {...card} className={WIDE} />
        <TopKeys overview={overview} />
      </div>
      <div className={THIRDS}>
        <TokensCard {...card} />
        <CacheCard {...card} />
        <SpeedCard {...card} />
      </div>
      <div className={TWO_THIRDS}>
        <HeatCard {...card} className={WIDE} />
        <FailuresCard overview={overview} />
      </div>
      <div className={TWO_THIRDS}>
        <HealthCard {...card} className={WIDE} />
        <LimitsCard {...card} />
      </div>
      <div className={HALVES}>
        <TopProviders overview={overview} />
        <TopCustomers {...{ overview, filters, timeZone }} />
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
