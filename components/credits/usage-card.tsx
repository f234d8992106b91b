'use client';

import { ChartCard } from '@/components/charts/chart-card';
import type { ChartSeries } from '@/components/charts/series';
import { TimeChart } from '@/components/charts/time-chart';
import { DOLLARS } from '@/components/charts/values';
import type { CreditUsageDay } from '@/lib/credits/schema';
import { formatMoney, formatPlural } from '@/lib/format';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';

/** What calls took from the credits, a bar a day. */
export function UsageCard({ days, timeZone }: { days: readonly CreditUsageDay[]; timeZone: string }) {
  const calls = days.reduce((sum, day) => sum + day.calls, 0);
  const used = days.reduce((sum, day) => sum + BigInt(day.usedNanoUsd), 0n);
  const values = days.map(({ usedNanoUsd }) => nanoUsdToNumber(BigInt(usedNanoUsd)));
  const series: ChartSeries[] = [{ name: 'Credits used', color: 'var(--chart-1)', values }];
  const total = `${formatMoney(used)} for ${formatPlural(calls, 'call')} in the last ${days.length} days.`;
  return (
    <ChartCard
      title="Used by day"
      caption={`What calls took from the credits. ${total}`}
      series={[]}
      empty={calls === 0 ? `No call was paid by credits in the last ${days.length} days.` : null}
    >
      <TimeChart
        kind="bar"
        buckets={days.map(({ at }) => at)}
        bucketWidth="day"
        timeZone={timeZone}
        series={series}
        unit={DOLLARS}
        label={`Credits used by day. ${total}`}
      />
    </ChartCard>
  );
}
