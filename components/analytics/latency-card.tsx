'use client';

import type { Overview } from '@/lib/analytics/schema';
import { formatDurationMs } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import type { ChartSeries } from '../charts/series';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { MILLISECONDS } from '../charts/values';
import { RANGE_WORDS } from './ranges';

interface LatencyCardProps {
  overview: Overview;
  timeZone: string;
  onBucket: (index: number) => void;
}

export function LatencyCard({ overview, timeZone, onBucket }: LatencyCardProps) {
  const { buckets, bucketWidth, range, latency, summary } = overview;
  const { latencyP50Ms, latencyP95Ms } = summary.current;
  const color = 'var(--chart-1)';
  const series: ChartSeries[] = [
    { name: 'p50', color, stroke: 'solid', values: latency.map(({ p50Ms }) => p50Ms) },
    { name: 'p95', color, stroke: 'light', values: latency.map(({ p95Ms }) => p95Ms) },
    { name: 'p99', color, stroke: 'dotted', values: latency.map(({ p99Ms }) => p99Ms) },
  ];
  const words = `p50 ${formatDurationMs(latencyP50Ms)}, p95 ${formatDurationMs(latencyP95Ms)}`;
  return (
    <ChartCard
      title="Latency percentiles"
      series={series}
      empty={latencyP50Ms === null ? `No finished requests in the ${RANGE_WORDS[range]}` : null}
      caption={
        <>
          Successful requests, arrival to last byte, per {BUCKET_WORDS[bucketWidth]}. In all {words}.
        </>
      }
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series, onBucket }}
        kind="line"
        unit={MILLISECONDS}
        label={`Latency percentiles over time, ${RANGE_WORDS[range]}: ${words}`}
      />
    </ChartCard>
  );
}
