import type { ReactNode } from 'react';
import type { Figures, Overview } from '@/lib/analytics/schema';
import { formatCount, formatDurationMs, formatMoney, formatPlural, formatRate } from '@/lib/format';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { Sparkline } from '../charts/sparkline';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { Change } from '../ui/figures';
import { PointsChange } from './points-change';
import { PREVIOUS_WORDS } from './ranges';
import { savedWords } from './token-cards';

interface Figure {
  readonly label: string;
  /** What is counted, on hover. */
  readonly title: string;
  readonly value: string;
  readonly change: ReactNode;
  readonly spark: readonly (number | null)[];
}

/** The six figures: what they are now, how they changed, and their shape over the range. */
export function FigureStrip({ overview }: { overview: Overview }) {
  const compared = overview.summary.previous
    ? `Compared with the ${PREVIOUS_WORDS[overview.range]}.`
    : `Nothing to compare with: no requests in the ${PREVIOUS_WORDS[overview.range]}.`;
  return (
    <section aria-label="Key figures">
      <Card className="grid grid-cols-6 overflow-hidden max-md:grid-cols-2 max-xl:grid-cols-3">
        {figuresOf(overview).map(({ label, title, value, change, spark }, index) => (
          <div
            key={label}
            title={title}
            className={cn('relative px-4 pt-3 pb-2', CELL_BORDERS, index === 0 && 'before:hidden')}
          >
            <p className="text-muted-foreground text-xs">{label}</p>
            <p className="figures mt-0.5 text-xl">{value}</p>
            <div className="h-4">{change}</div>
            <Sparkline values={spark} className="mt-2 h-7 w-full" />
          </div>
        ))}
      </Card>
      <p className="mt-2 text-muted-foreground text-xs">{compared}</p>
    </section>
  );
}

// Lines between the cells whatever the number of columns: each draws its left and top edge, the card clips the outer ones.
const CELL_BORDERS = '-mt-px -ml-px border-t border-l';

function figuresOf({ summary: { current, previous }, volume, latency }: Overview): Figure[] {
  const relative = (of: (figures: Figures) => number | null) => ratio(of(current), previous && of(previous));
  return [
    {
      label: 'Requests',
      title: 'All requests, however they ended',
      value: formatCount(current.requests),
      change: <Change change={relative((figures) => figures.requests)} />,
      spark: volume.map(({ requests }) => requests),
    },
    {
      label: 'Cost',
      title: costTitle(current),
      value: formatMoney(current.costNanoUsd),
      change: <Change change={relative((figures) => dollars(figures.costNanoUsd))} />,
      spark: volume.map(({ costNanoUsd }) => dollars(costNanoUsd)),
    },
    {
      label: 'Error rate',
      title: `${formatCount(current.errors)} of ${formatPlural(current.requests, 'request')} failed. A client that leaves is not an error.`,
      value: formatRate(current.errorRate),
      change: <PointsChange now={current.errorRate} before={previous?.errorRate} goodWhen="down" />,
      spark: volume.map(({ requests, ok, aborted }) => (requests === 0 ? null : (requests - ok - aborted) / requests)),
    },
    {
      label: 'p95 latency',
      title: `95 of 100 successful requests were faster; 50 than ${formatDurationMs(current.latencyP50Ms)}, 90 than ${formatDurationMs(current.latencyP90Ms)}, 99 than ${formatDurationMs(current.latencyP99Ms)}.`,
      value: formatDurationMs(current.latencyP95Ms),
      change: <Change change={relative((figures) => figures.latencyP95Ms)} goodWhen="down" />,
      spark: latency.map(({ p95Ms }) => p95Ms),
    },
    {
      label: 'TTFT p50',
      title: 'Time to first token: half of the streamed requests began to answer sooner',
      value: formatDurationMs(current.ttftP50Ms),
      change: <Change change={relative((figures) => figures.ttftP50Ms)} goodWhen="down" />,
      spark: latency.map(({ ttftP50Ms }) => ttftP50Ms),
    },
    {
      label: 'Cache hit',
      title: `Prompt tokens that were read from the provider’s cache. It ${savedWords(current.cacheSavedNanoUsd)}: reading is cheaper than input, writing is dearer.`,
      value: formatRate(current.cacheHitRate),
      change: (
        <span className="flex items-center gap-2 overflow-hidden">
          <PointsChange now={current.cacheHitRate} before={previous?.cacheHitRate} goodWhen="up" />
          <span className="figures truncate text-muted-foreground text-xs">
            {savedWords(current.cacheSavedNanoUsd)}
          </span>
        </span>
      ),
      spark: volume.map(({ cacheHitRate }) => cacheHitRate),
    },
  ];
}

function costTitle({ unpricedRequests }: Figures): string {
  if (unpricedRequests === 0) return 'What the providers charge for these requests';
  return `Without ${formatPlural(unpricedRequests, 'request')} to models whose price is not known`;
}

function dollars(nanoUsd: string): number {
  return nanoUsdToNumber(BigInt(nanoUsd));
}

function ratio(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1;
}
