'use client';

import type { LatencyPoint } from '@/lib/analytics/schema';
import { formatDurationMs } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import type { ChartSeries } from '../charts/series';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { MILLISECONDS } from '../charts/values';
import { SegmentedControl } from '../ui/segmented-control';
import type { CardProps } from './log-link';
import { RANGE_WORDS } from './ranges';

const METRICS = [
  { value: 'latency', label: 'Latency', title: 'Arrival to last byte' },
  { value: 'ttft', label: 'TTFT', title: 'Time to first token' },
] as const;
export type LatencyMetric = (typeof METRICS)[number]['value'];

interface LatencyCardProps extends CardProps {
  metric: LatencyMetric;
  onMetric: (metric: LatencyMetric) => void;
}

export function LatencyCard({ overview, timeZone, onLogs, metric, onMetric }: LatencyCardProps) {
  const { buckets, bucketWidth, range, latency, summary } = overview;
  const { current } = summary;
  const isTtft = metric === 'ttft';
  const totals = isTtft
    ? [current.ttftP50Ms, current.ttftP90Ms, current.ttftP95Ms, current.ttftP99Ms]
    : [current.latencyP50Ms, current.latencyP90Ms, current.latencyP95Ms, current.latencyP99Ms];
  const series = isTtft
    ? percentiles(latency, ['ttftP50Ms', 'ttftP90Ms', 'ttftP95Ms', 'ttftP99Ms'])
    : percentiles(latency, ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms']);
  const words = series.map(({ name }, index) => `${name} ${formatDurationMs(totals[index])}`).join(', ');
  const what = isTtft ? 'Streamed requests, arrival to first content' : 'Successful requests, arrival to last byte';
  return (
    <ChartCard
      title={isTtft ? 'TTFT percentiles' : 'Latency percentiles'}
      series={series}
      empty={totals[0] === null ? `No finished requests in the ${RANGE_WORDS[range]}` : null}
      actions={
        <SegmentedControl
          options={METRICS}
          value={metric}
          onValueChange={onMetric}
          aria-label="Duration shown"
          className="-my-1 h-7"
        />
      }
      caption={
        <>
          {what}, per {BUCKET_WORDS[bucketWidth]}. In all {words}.
        </>
      }
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="line"
        unit={MILLISECONDS}
        label={`${isTtft ? 'TTFT' : 'Latency'} percentiles over time, ${RANGE_WORDS[range]}: ${words}`}
      />
    </ChartCard>
  );
}

const COLOR = 'var(--chart-1)';
const STYLES = [
  { name: 'p50', stroke: 'solid' },
  { name: 'p90', stroke: 'light' },
  { name: 'p95', stroke: 'dashed' },
  { name: 'p99', stroke: 'dotted' },
] as const;

function percentiles(
  latency: readonly LatencyPoint[],
  of: readonly Exclude<keyof LatencyPoint, 'bands'>[],
): ChartSeries[] {
  return STYLES.map((style, index) => {
    const key = of[index];
    return { ...style, color: COLOR, values: latency.map((point) => (key ? point[key] : null)) };
  });
}
