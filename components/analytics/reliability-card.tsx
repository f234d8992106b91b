'use client';

import type { Overview } from '@/lib/analytics/schema';
import { formatCount, formatPlural, formatRate } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import { OUTCOME_COLORS } from '../charts/colors';
import type { ChartSeries } from '../charts/series';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { REQUESTS } from '../charts/values';
import { SegmentedControl } from '../ui/segmented-control';
import type { CardProps } from './log-link';
import { RANGE_WORDS } from './ranges';
import { OUTCOMES } from './series';

const VIEWS = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed only' },
] as const;
export type OutcomeView = (typeof VIEWS)[number]['value'];

interface ReliabilityCardProps extends CardProps {
  view: OutcomeView;
  onView: (view: OutcomeView) => void;
}

/** How requests ended. A healthy service is one colour, so the failures can be looked at alone. */
export function ReliabilityCard({ overview, timeZone, view, onView, onLogs }: ReliabilityCardProps) {
  const { buckets, bucketWidth, range, summary } = overview;
  const series = outcomeSeries(overview, view);
  const { requests, errors, errorRate } = summary.current;
  const words = `${formatCount(errors)} of ${formatPlural(requests, 'request')} failed (${formatRate(errorRate)})`;
  const empty =
    requests === 0 ? `No requests in the ${RANGE_WORDS[range]}` : `Nothing failed in the ${RANGE_WORDS[range]}`;
  return (
    <ChartCard
      title="Reliability"
      series={series}
      empty={series.length === 0 ? empty : null}
      actions={
        <SegmentedControl
          options={VIEWS}
          value={view}
          onValueChange={onView}
          aria-label="Outcomes shown"
          className="-my-1 h-7"
        />
      }
      caption={
        <>
          Requests by how they ended, per {BUCKET_WORDS[bucketWidth]}. {requests > 0 && `${words}.`}
        </>
      }
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs(view === 'failed' ? { bucket, status: 'error' } : { bucket })}
        kind="bar"
        unit={REQUESTS}
        label={`How requests ended over time, ${RANGE_WORDS[range]}: ${words}`}
      />
    </ChartCard>
  );
}

function outcomeSeries({ volume }: Overview, view: OutcomeView): ChartSeries[] {
  return OUTCOMES.flatMap(({ key, name }) => {
    if (view === 'failed' && key === 'ok') return [];
    const values = volume.map((point) => point[key]);
    // A kind that never happened would only lengthen the legend.
    return values.some((value) => value > 0) ? [{ name, color: OUTCOME_COLORS[key], values }] : [];
  });
}
