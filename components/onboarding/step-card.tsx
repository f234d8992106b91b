import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { StepMark } from '@/components/ui/steps';

interface StepCardProps {
  index: number;
  /** Index of the step that is open. */
  current: number;
  title: string;
  /** One line beside the title once the step is done. */
  result?: ReactNode;
  children?: ReactNode;
}

/** One step: a line until its turn comes, its content then, and a line with its result afterwards. */
export function StepCard({ index, current, title, result, children }: StepCardProps) {
  const later = index > current;
  return (
    <Card aria-label={title} className={cn(later && 'bg-transparent')}>
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
        <StepMark index={index} current={current} />
        <h2 className={cn('font-medium text-base', later && 'text-muted-foreground')}>{title}</h2>
        {index < current && result && (
          <p className="ml-auto min-w-0 truncate text-muted-foreground text-sm">{result}</p>
        )}
      </div>
      <div className="animate-fade-in px-4 pb-4 empty:hidden">{children}</div>
    </Card>
  );
}
