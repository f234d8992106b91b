import { cn } from '../ui/cn';
import { OUTCOME_TEXT, outcomeOf } from './outcome';

/** How a request ended: an icon and a word. */
export function StatusCell({ log, className }: { log: Parameters<typeof outcomeOf>[0]; className?: string }) {
  const { icon: Icon, tone, label, explanation } = outcomeOf(log);
  const quiet = log.status === 'success' || log.status === 'aborted';
  return (
    <span
      className={cn('inline-flex min-w-0 items-center gap-1.5 align-middle text-xs', className)}
      title={explanation}
    >
      <Icon className={cn('size-3.5 shrink-0', OUTCOME_TEXT[tone])} aria-hidden />
      <span className={cn('truncate', quiet ? 'text-muted-foreground' : OUTCOME_TEXT[tone])}>{label}</span>
    </span>
  );
}
