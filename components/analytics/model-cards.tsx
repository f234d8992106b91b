'use client';

import type { Overview } from '@/lib/analytics/schema';
import { formatCount, formatMoney } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { DOLLARS, REQUESTS } from '../charts/values';
import { RANGE_WORDS } from './ranges';
import { modelSeries } from './series';

interface CardProps {
  overview: Overview;
  timeZone: string;
  onBucket: (index: number) => void;
  className?: string;
}

export function CostCard({ overview, timeZone, onBucket, className }: CardProps) {
  const { buckets, bucketWidth, range, summary } = overview;
  const series = modelSeries(overview.costByModel, overview.colors);
  const total = formatMoney(summary.current.costNanoUsd);
  const unpriced = summary.current.unpricedRequests;
  return (
    <ChartCard
      title="Cost over time, by model"
      series={series}
      empty={series.length === 0 ? `No cost in the ${RANGE_WORDS[range]}` : null}
      caption={
        <>
          Cost per {BUCKET_WORDS[bucketWidth]}, by the model that answered. Total {total}
          {unpriced > 0 && `, without ${formatCount(unpriced)} requests of unknown price`}.
        </>
      }
      className={className}
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series, onBucket }}
        kind="area"
        unit={DOLLARS}
        label={`Cost over time by model, ${RANGE_WORDS[range]}: ${total} in total`}
      />
    </ChartCard>
  );
}

export function RequestsCard({ overview, timeZone, onBucket, className }: CardProps) {
  const { buckets, bucketWidth, range, summary } = overview;
  const series = modelSeries(overview.requestsByModel, overview.colors);
  const total = formatCount(summary.current.requests);
  return (
    <ChartCard
      title="Requests over time, by model"
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
        {...{ buckets, bucketWidth, timeZone, series, onBucket }}
        kind="area"
        unit={REQUESTS}
        label={`Requests over time by model, ${RANGE_WORDS[range]}: ${total} in total`}
      />
    </ChartCard>
  );
}
