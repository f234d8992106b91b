'use client';

import type { CredentialHealth, Overview } from '@/lib/analytics/schema';
import { formatCount, formatPlural } from '@/lib/format';
import { bucketLabel } from '../charts/time-axis';
import { useChartKeys } from '../charts/use-chart-keys';

interface HealthStripProps {
  overview: Overview;
  timeZone: string;
  health: CredentialHealth;
  label: string;
  onBucket: (bucket: number) => void;
}

/** One bar a bucket: as high as the share of attempts that were answered well is low. */
export function HealthStrip({ overview, timeZone, health, label, onBucket }: HealthStripProps) {
  const { buckets, bucketWidth } = overview;
  const textOf = (bucket: number) =>
    `${bucketLabel(buckets[bucket] ?? 0, bucketWidth, timeZone)}: ${wordsOf(health, bucket)}`;
  const keys = useChartKeys({ count: buckets.length, label, textOf, onOpen: onBucket });
  return (
    <div {...keys.props} className="flex h-5 items-end gap-px rounded-sm">
      {buckets.map((at, bucket) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the strip around it is the control for the keyboard
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <span
          key={at}
          title={textOf(bucket)}
          onClick={() => onBucket(bucket)}
          className="relative h-full min-w-0 flex-1 cursor-pointer overflow-hidden rounded-[1px]"
          style={{
            background: (health.attempts[bucket] ?? 0) === 0 ? 'var(--muted)' : OK,
            outline: keys.index === bucket ? '2px solid var(--foreground)' : undefined,
          }}
        >
          {partsOf(health, bucket).map(({ color, fromPercent, percent }) => (
            <span
              key={color}
              className="absolute inset-x-0"
              style={{ background: color, bottom: `${fromPercent}%`, height: `${percent}%` }}
            />
          ))}
        </span>
      ))}
    </div>
  );
}

const OK = 'color-mix(in oklch, var(--chart-6) 70%, var(--card))';

/** Faults stack from the bottom; each that happened is tall enough to be seen. */
function partsOf({ attempts, rateLimited, overloaded, failed }: CredentialHealth, bucket: number) {
  const tried = attempts[bucket] ?? 0;
  const faults = [
    { color: 'var(--danger)', count: (failed[bucket] ?? 0) + (overloaded[bucket] ?? 0) },
    { color: 'var(--chart-2)', count: rateLimited[bucket] ?? 0 },
  ].filter(({ count }) => count > 0);
  let fromPercent = 0;
  return faults.map(({ color, count }) => {
    const percent = Math.max(12, Math.min(100, (count / tried) * 100));
    const part = { color, fromPercent, percent };
    fromPercent += percent;
    return part;
  });
}

function wordsOf({ attempts, rateLimited, overloaded, failed }: CredentialHealth, bucket: number): string {
  const tried = attempts[bucket] ?? 0;
  if (tried === 0) return 'no attempts';
  const faults = [
    { count: rateLimited[bucket] ?? 0, words: '× 429' },
    { count: overloaded[bucket] ?? 0, words: '× 529' },
    { count: failed[bucket] ?? 0, words: 'failed otherwise' },
  ].flatMap(({ count, words }) => (count > 0 ? [`${formatCount(count)} ${words}`] : []));
  return `${formatPlural(tried, 'attempt')}, ${faults.join(', ') || 'none failed'}`;
}
