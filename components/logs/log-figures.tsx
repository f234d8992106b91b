import type { ReactNode } from 'react';
import type { LogDetail } from '@/lib/logs/schema';
import { Card } from '../ui/card';
import { Duration, Money } from '../ui/figures';
import { LocalTime } from '../ui/time';
import { TokenFlow, unknownCostReason } from './log-values';

interface LogFiguresProps {
  log: LogDetail;
  tokensPerSecond: number | null;
}

/** What one looks for first. */
export function LogFigures({ log, tokensPerSecond }: LogFiguresProps) {
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
    <Card className="grid grid-cols-6 overflow-hidden max-lg:grid-cols-3 max-sm:grid-cols-2" aria-label="Key figures">
      {figures.map(({ label, title, value }) => (
        <div key={label} title={title} className="-mt-px -ml-px border-t border-l px-4 py-3">
          <p className="text-muted-foreground text-xs">{label}</p>
          <p className="mt-0.5 text-lg max-xl:text-base">{value}</p>
        </div>
      ))}
    </Card>
  );
}
