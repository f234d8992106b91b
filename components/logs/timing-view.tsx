import type { LogDetail } from '@/lib/logs/schema';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Duration } from '../ui/figures';

/** A stretch of a request's time. */
export interface Phase {
  readonly name: 'gateway' | 'retries' | 'waiting' | 'streaming';
  readonly fromMs: number;
  readonly toMs: number;
}

const PHASES = {
  gateway: {
    label: 'Gateway',
    color: 'var(--chart-other)',
    explanation: 'Reading the request and choosing where it goes',
  },
  retries: {
    label: 'Earlier attempts',
    color: 'var(--chart-2)',
    explanation: 'Attempts that failed, and the waits between them',
  },
  waiting: {
    label: 'Waiting',
    color: 'var(--chart-5)',
    explanation: 'Until the provider answered, or sent its first content',
  },
  streaming: { label: 'Streaming', color: 'var(--chart-1)', explanation: 'From the first content to the last byte' },
} as const;

/** Where the time went, as a bar and as numbers. */
export function TimingView({ log, phases }: { log: LogDetail; phases: readonly Phase[] }) {
  const total = log.latencyMs ?? 0;
  if (phases.length === 0)
    return <EmptyState title="No timing was recorded">Logs that were sent to us may come without one.</EmptyState>;
  return (
    <Card className="p-4">
      <div aria-hidden className="flex h-6 gap-px overflow-hidden rounded-sm">
        {phases.map(({ name, fromMs, toMs }) => (
          <div
            key={name}
            className="min-w-0.5"
            style={{ flexGrow: toMs - fromMs, flexBasis: 0, background: PHASES[name].color }}
            title={PHASES[name].label}
          />
        ))}
      </div>
      <div aria-hidden className="mt-1 flex justify-between text-2xs text-muted-foreground">
        <span className="figures">0</span>
        <Duration ms={total} />
      </div>
      <table className="mt-4 w-full text-sm">
        <tbody>
          {phases.map(({ name, fromMs, toMs }) => (
            <tr key={name} className="h-8 border-t">
              <th scope="row" className="w-40 text-left font-normal">
                <span
                  aria-hidden
                  className="mr-2 inline-block size-2 rounded-[2px]"
                  style={{ background: PHASES[name].color }}
                />
                {PHASES[name].label}
              </th>
              <td className="text-muted-foreground max-sm:hidden">{PHASES[name].explanation}</td>
              <td className="text-right text-xs">
                <Duration ms={toMs - fromMs} />
              </td>
              <td className="figures w-16 text-right text-muted-foreground text-xs">
                {Math.round(((toMs - fromMs) / total) * 100)} %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
