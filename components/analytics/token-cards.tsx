'use client';

import { formatMoney, formatRate, formatTokens } from '@/lib/format';
import { ChartCard } from '../charts/chart-card';
import type { ChartSeries } from '../charts/series';
import { BUCKET_WORDS } from '../charts/time-axis';
import { TimeChart } from '../charts/time-chart';
import { SHARE, TOKENS, TOKENS_PER_SECOND } from '../charts/values';
import type { CardProps } from './log-link';
import { RANGE_WORDS } from './ranges';

const CLASSES = [
  { key: 'cacheReadTokens', name: 'Read from cache', color: 'var(--chart-6)' },
  { key: 'cacheWriteTokens', name: 'Written to cache', color: 'var(--chart-2)' },
  { key: 'uncachedInputTokens', name: 'Uncached input', color: 'var(--chart-1)' },
  { key: 'outputTokens', name: 'Output', color: 'var(--chart-5)' },
] as const;

export function TokensCard({ overview, timeZone, onLogs }: CardProps) {
  const { buckets, bucketWidth, range, volume, summary } = overview;
  const { inputTokens, outputTokens } = summary.current;
  const series = CLASSES.flatMap(({ key, name, color }): ChartSeries[] => {
    const values = volume.map((point) => point[key]);
    return values.some((value) => value > 0) ? [{ name, color, values }] : [];
  });
  const words = `${formatTokens(inputTokens)} in, ${formatTokens(outputTokens)} out`;
  return (
    <ChartCard
      title="Tokens by class"
      series={series}
      empty={series.length === 0 ? `No tokens in the ${RANGE_WORDS[range]}` : null}
      caption={
        <>
          Tokens per {BUCKET_WORDS[bucketWidth]}. In all {words}.
        </>
      }
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="area"
        unit={TOKENS}
        label={`Tokens over time by class, ${RANGE_WORDS[range]}: ${words}`}
      />
    </ChartCard>
  );
}

export function CacheCard({ overview, timeZone, onLogs }: CardProps) {
  const { buckets, bucketWidth, range, volume, summary } = overview;
  const { cacheHitRate, cacheSavedNanoUsd } = summary.current;
  const series = [{ name: 'Hit rate', color: 'var(--chart-6)', values: volume.map((point) => point.cacheHitRate) }];
  const words = `${formatRate(cacheHitRate)} of prompt tokens read from cache, ${savedWords(cacheSavedNanoUsd)}`;
  return (
    <ChartCard
      title="Prompt cache"
      series={series}
      empty={cacheHitRate === null ? `No prompts in the ${RANGE_WORDS[range]}` : null}
      caption={
        <span title="Reading is cheaper than input, writing is dearer: what was saved is the difference">
          Share of prompt tokens per {BUCKET_WORDS[bucketWidth]}. {words}.
        </span>
      }
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="line"
        unit={SHARE}
        label={`Prompt cache hit rate over time, ${RANGE_WORDS[range]}: ${words}`}
      />
    </ChartCard>
  );
}

/** "saved $12.40"; where more was spent on writing than reading saved, "cost $0.20 more". */
export function savedWords(nanoUsd: string): string {
  const saved = BigInt(nanoUsd);
  return saved < 0n ? `cost ${formatMoney(-saved)} more` : `saved ${formatMoney(saved)}`;
}

export function SpeedCard({ overview, timeZone, onLogs }: CardProps) {
  const { buckets, bucketWidth, range, volume, summary } = overview;
  const { tokensPerSecond } = summary.current;
  const series = [{ name: 'Tokens per second', color: 'var(--chart-1)', values: volume.map((p) => p.tokensPerSecond) }];
  const words = tokensPerSecond === null ? 'nothing streamed' : TOKENS_PER_SECOND.exact(tokensPerSecond);
  return (
    <ChartCard
      title="Output speed"
      series={series}
      empty={tokensPerSecond === null ? `Nothing streamed in the ${RANGE_WORDS[range]}` : null}
      caption={<>Output tokens a second after the first one, streamed requests. In all {words}.</>}
    >
      <TimeChart
        {...{ buckets, bucketWidth, timeZone, series }}
        onBucket={(bucket) => onLogs({ bucket })}
        kind="line"
        unit={TOKENS_PER_SECOND}
        label={`Output speed over time, ${RANGE_WORDS[range]}: ${words}`}
      />
    </ChartCard>
  );
}
