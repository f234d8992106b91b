import type { LogRow } from '@/lib/logs/schema';
import { cn } from '../ui/cn';
import { SimulatedBadge } from './log-values';

/** The first lines of what was asked and what came back; of a failure, what it said. */
export function LogPreview({ log }: { log: LogRow }) {
  const failed = log.status === 'error' || log.status === 'interrupted';
  const reply = failed ? (log.errorMessage ?? log.replyPreview) : log.replyPreview;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {log.simulated && <SimulatedBadge />}
      <span className="flex min-w-0 gap-1.5">
        <span className={cn('truncate text-muted-foreground', reply && 'max-w-[45%] shrink-0')}>
          {log.promptPreview ?? 'Not kept'}
        </span>
        {reply && (
          <span className="min-w-0 truncate">
            <span aria-hidden className="text-muted-foreground">
              →{' '}
            </span>
            {reply}
          </span>
        )}
      </span>
    </span>
  );
}
