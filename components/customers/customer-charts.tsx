'use client';

import { ChartCard } from '@/components/charts/chart-card';
import { OUTCOME_COLORS, slotColor } from '@/components/charts/colors';
import type { ChartSeries } from '@/components/charts/series';
import { BUCKET_WORDS } from '@/components/charts/time-axis';
import { TimeChart } from '@/components/charts/time-chart';
import { DOLLARS, REQUESTS, TOKENS, type Unit } from '@/components/charts/values';
import type { CustomerDetail } from '@/lib/customers/schema';
import { formatCount, formatMoney, formatTokens } from '@/lib/format';

interface CustomerChartsProps {
  detail: CustomerDetail;
  timeZone: string;
  /** Shows the logs of a bucket. */
  onBucket: (index: number) => void;
}

/** What one customer did, over the range. */
export function CustomerCharts({ detail, timeZone, onBucket }: CustomerChartsProps) {
  const { requestsOverTime, errorsOverTime, requests, errors, tokens, costNanoUsd, buckets, bucketWidth } = detail;
  const answered = requestsOverTime.map((all, index) => all - (errorsOverTime[index] ?? 0));
  const shared = { onBucket, buckets, bucketWidth, timeZone: bucketWidth === 'day' ? 'UTC' : timeZone };
  return (
    <div className="grid grid-cols-3 gap-6 max-xl:grid-cols-1">
      <Chart
        {...shared}
        title="Requests"
        unit={REQUESTS}
        total={`${formatCount(requests)}, ${formatCount(errors)} failed`}
        series={[
          { name: 'answered', color: slotColor(0), values: answered },
          { name: 'failed', color: OUTCOME_COLORS.providerErrors, values: errorsOverTime },
        ]}
      />
      <Chart
        {...shared}
        title="Cost"
        unit={DOLLARS}
        total={formatMoney(costNanoUsd)}
        series={[{ name: 'cost', color: slotColor(1), values: detail.costOverTime }]}
      />
      <Chart
        {...shared}
        title="Tokens"
        unit={TOKENS}
        total={formatTokens(tokens)}
        series={[{ name: 'tokens', color: slotColor(2), values: detail.tokensOverTime }]}
      />
    </div>
  );
}

interface ChartProps extends Pick<CustomerDetail, 'buckets' | 'bucketWidth'> {
  title: string;
  unit: Unit;
  total: string;
  series: readonly ChartSeries[];
  timeZone: string;
  onBucket: (index: number) => void;
}

function Chart({ title, unit, total, series, bucketWidth, ...chart }: ChartProps) {
  const isEmpty = series.every(({ values }) => values.every((value) => value === 0));
  return (
    <ChartCard
      title={title}
      series={series}
      empty={isEmpty ? 'Nothing in this range' : null}
      caption={`${title} per ${BUCKET_WORDS[bucketWidth]}. In all ${total}.`}
    >
      <TimeChart
        {...chart}
        {...{ series, unit, bucketWidth }}
        kind="bar"
        label={`${title} over time. In all ${total}`}
      />
    </ChartCard>
  );
}
