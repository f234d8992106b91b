'use client';

import type { CredentialHealth } from '@/lib/analytics/schema';
import { formatCount } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import { OUTCOME_COLORS } from '../charts/colors';
import type { ChartSeries } from '../charts/series';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { REQUESTS } from '../charts/values';
import type { CardProps } from './log-link';
import { RANGE_WORDS } from './ranges';

const KINDS = [
  { key: 'rateLimited', name: '429 rate limited', color: OUTCOME_COLORS.rateLimited },
  { key: 'overloaded', name: '529 overloaded', color: 'var(--chart-4)' },
  { key: 'failed', name: 'Other faults', color: OUTCOME_COLORS.providerErrors },
] as const;

/** What providers refused or failed, try by try. */
export function LimitsCard({ overview, timeZone, onLogs }: CardProps) {
  const { buckets, bucketWidth, range, credentials } = overview;
  const series = KINDS.flatMap(({ key, name, color }): ChartSeries[] => {
    const values = buckets.map((_, bucket) => total(credentials, key, bucket));
    return values.some((value) => value > 0) ? [{ name, color, values }] : [];
  });
  const words = series.map(({ name, values }) => `${name} ${formatCount(sum(values))}`).join(', ');
  return (
    <ChartCard
      title="429 and 529 from providers"
      series={series}
      empty={series.length === 0 ? `Providers refused nothing in the ${RANGE_WORDS[range]}` : null}
      caption={
        <>
          Attempts per {BUCKET_WORDS[bucketWidth]} that a provider did not answer well. {words && `${words}.`}
        </>
      }
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="bar"
        unit={REQUESTS}
        label={`Attempts that providers did not answer well over time, ${RANGE_WORDS[range]}: ${words || 'none'}`}
      />
    </ChartCard>
  );
}

function total(credentials: readonly CredentialHealth[], key: (typeof KINDS)[number]['key'], bucket: number): number {
  return sum(credentials.map((one) => one[key][bucket] ?? 0));
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}
