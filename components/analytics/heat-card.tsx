'use client';

import { HEAT_BANDS_MS } from '@/lib/analytics/schema';
import { formatCount } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import { HeatMap } from '../charts/heat-map';
import { BUCKET_WORDS } from '../charts/time-axis';
import { MILLISECONDS } from '../charts/values';
import type { CardProps, LogFilter } from './log-link';
import { RANGE_WORDS } from './ranges';

/** Every successful request by when it came and how long it took: what percentiles hide, such as two groups of answers. */
export function HeatCard({ overview, timeZone, onLogs, className }: CardProps) {
  const { buckets, bucketWidth, range, latency } = overview;
  const total = latency.flatMap(({ bands }) => bands).reduce((sum, count) => sum + count, 0);
  const bands = HEAT_BANDS_MS.map((fromMs, band) => ({
    name: bandName(band),
    fromMs,
    toMs: HEAT_BANDS_MS[band + 1],
    counts: latency.map(({ bands }) => bands[band] ?? 0),
  }));
  // Without the bands at both ends that nothing fell into: the others can use their space.
  const first = bands.findIndex(isUsed);
  const rows = first === -1 ? [] : bands.slice(first, bands.findLastIndex(isUsed) + 1).reverse();
  return (
    <ChartCard
      title="Latency heat map"
      series={[]}
      empty={total === 0 ? `No finished requests in the ${RANGE_WORDS[range]}` : null}
      caption={
        <>
          Successful requests by how long they took, per {BUCKET_WORDS[bucketWidth]}; the darker the more. Total{' '}
          {formatCount(total)}.
        </>
      }
      className={className}
    >
      <HeatMap
        {...{ buckets, bucketWidth, timeZone, rows }}
        label={`Latency heat map, ${RANGE_WORDS[range]}: ${formatCount(total)} successful requests`}
        onCell={(row, bucket) => {
          const band = rows[row];
          if (band) onLogs({ bucket, status: 'success', filters: latencyBetween(band.fromMs, band.toMs) });
        }}
      />
    </ChartCard>
  );
}

function isUsed({ counts }: { readonly counts: readonly number[] }): boolean {
  return counts.some((count) => count > 0);
}

function bandName(band: number): string {
  const [from, to] = [HEAT_BANDS_MS[band] ?? 0, HEAT_BANDS_MS[band + 1]];
  return to === undefined ? `≥ ${MILLISECONDS.axis(from)}` : `< ${MILLISECONDS.axis(to)}`;
}

/** The log page counts latency in seconds. */
function latencyBetween(fromMs: number, toMs: number | undefined): LogFilter[] {
  return [
    { field: 'latency', operator: 'gte', value: [fromMs / 1000] },
    ...(toMs === undefined ? [] : [{ field: 'latency', operator: 'lt', value: [toMs / 1000] } as const]),
  ];
}
