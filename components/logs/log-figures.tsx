import type { ReactNode } from 'react';
import type { LogDetail } from '@/lib/logs/schema';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { Duration, Money } from '../ui/figures';
import { LocalTime } from '../ui/time';
import { TokenFlow, unknownCostReason } from './log-values';

interface LogFiguresProps {
  log: LogDetail;
  tokensPerSecond: number | null;
  compact?: boolean;
}

/** What one looks for first. */
export function LogFigures({ log, tokensPerSecond, compact = false }: LogFiguresProps) {
  const figures: { label: string; title: string; value: ReactNode }[] = [
    {
      label: 'Arrived',
      title: 'When the request arrived',
      value: <LocalTime at={new Date(log.startedAt)} className="figures" />,
    },
    {
      label: 'Cost',
      title: 'Tokens of each class at their price; the table below has the parts',
      value: <Money nanoUsd={log.costNanoUsd} precise unknownReason={unknownCostReason(log)} />,
    },
    { label: 'Tokens', title: 'Prompt, cached parts included, and output', value: <TokenFlow log={log} /> },
    {
      label: 'Latency',
      title: 'From the arrival of the request to the last byte of its answer',
      value: <Duration ms={log.latencyMs} />,
    },
    {
      label: 'TTFT',
      title:
        log.ttftMs === null ? 'Only streamed answers have one' : 'From the arrival of the request to the first content',
      value: <Duration ms={log.ttftMs} />,
    },
    {
      label: 'Speed',
      title: 'Output tokens a second, from the first content on',
      value: <span className="figures">{tokensPerSecond === null ? '—' : `${Math.round(tokensPerSecond)} tok/s`}</span>,
    },
  ];
  return (
    <Card
      className={cn(
        'grid shrink-0 overflow-hidden max-sm:grid-cols-2',
        compact ? 'grid-cols-3' : 'grid-cols-6 max-lg:grid-cols-3',
      )}
      aria-label="Key figures"
    >
      {figures.map(({ label, title, value }) => (
        <div key={label} title={title} className="-mt-px -ml-px border-t border-l px-4 py-3">
          <p className="text-muted-foreground text-xs">{label}</p>
          <p className={cn('mt-0.5 max-xl:text-base', compact ? 'text-base' : 'text-lg')}>{value}</p>
        </div>
      ))}
    </Card>
  );
}
