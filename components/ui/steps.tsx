import { Check } from 'lucide-react';
import { cn } from './cn';

interface StepsProps {
  steps: readonly string[];
  /** Index of the step that is open; equal to the number of steps once all are done. */
  current: number;
  className?: string;
}

/** Where one is in a short sequence. */
export function Steps({ steps, current, className }: StepsProps) {
  return (
    <ol className={cn('flex items-center gap-2 text-sm', className)}>
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === current ? 'step' : undefined}
          className="flex min-w-0 items-center gap-2"
        >
          {index > 0 && <span aria-hidden className="h-px w-6 bg-border-strong max-md:w-3" />}
          <StepMark index={index} current={current} />
          <span className={cn('truncate', index === current ? 'font-medium' : 'text-muted-foreground max-md:hidden')}>
            {step}
            {index < current && <span className="sr-only"> (done)</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

export function StepMark({ index, current }: { index: number; current: number }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-5 shrink-0 place-items-center rounded-full border font-medium text-2xs',
        index < current && 'border-success-border bg-success-surface text-success',
        index === current && 'border-primary bg-primary text-primary-foreground',
        index > current && 'border-border-strong text-muted-foreground',
      )}
    >
      {index < current ? <Check className="size-3" /> : index + 1}
    </span>
  );
}
