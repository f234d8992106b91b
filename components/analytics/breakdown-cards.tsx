'use client';

import type { Overview } from '@/lib/analytics/schema';
import { formatCount, formatMoney, formatPlural } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { DOLLARS, REQUESTS } from '../charts/values';
import { SegmentedControl } from '../ui/segmented-control';
import type { CardProps } from './log-link';
import { RANGE_WORDS } from './ranges';
import { breakdownSeries } from './series';

export const BREAKDOWN_OPTIONS = [
  { value: 'model', label: 'Model' },
  { value: 'provider', label: 'Provider' },
  { value: 'key', label: 'Key' },
] as const;

const BY_WORDS: Readonly<Record<Overview['by'], string>> = {
  model: 'the model that answered',
  provider: 'provider',
  key: 'API key',
};

interface CostCardProps extends CardProps {
  onBy: (by: Overview['by']) => void;
}

export function CostCard({ overview, timeZone, onLogs, onBy, className }: CostCardProps) {
  const { buckets, bucketWidth, range, summary, by } = overview;
  const series = breakdownSeries(overview, overview.costBy);
  const total = formatMoney(summary.current.costNanoUsd);
  const unpriced = summary.current.unpricedRequests;
  return (
    <ChartCard
      title={`Cost over time, by ${by}`}
      series={series}
      empty={series.length === 0 ? `No cost in the ${RANGE_WORDS[range]}` : null}
      actions={
        <SegmentedControl
          options={BREAKDOWN_OPTIONS}
          value={by}
          onValueChange={onBy}
          aria-label="Broken down by"
          className="-my-1 h-7"
        />
      }
      caption={
        <>
          Cost per {BUCKET_WORDS[bucketWidth]}, by {BY_WORDS[by]}. Total {total}
          {unpriced > 0 && `, without ${formatPlural(unpriced, 'request')} of unknown price`}.
        </>
      }
      className={className}
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="area"
        unit={DOLLARS}
        label={`Cost over time by ${by}, ${RANGE_WORDS[range]}: ${total} in total`}
      />
    </ChartCard>
  );
}

export function RequestsCard({ overview, timeZone, onLogs, className }: CardProps) {
  const { buckets, bucketWidth, range, summary, by } = overview;
  const series = breakdownSeries(overview, overview.requestsBy);
  const total = formatCount(summary.current.requests);
  return (
    <ChartCard
      title={`Requests over time, by ${by}`}
      series={series}
      empty={series.length === 0 ? `No requests in the ${RANGE_WORDS[range]}` : null}
      caption={
        <>
          Requests per {BUCKET_WORDS[bucketWidth]}, however they ended. Total {total}.
        </>
      }
      className={className}
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="area"
        unit={REQUESTS}
        label={`Requests over time by ${by}, ${RANGE_WORDS[range]}: ${total} in total`}
      />
    </ChartCard>
  );
}
