import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react';
import { cn } from '../ui/cn';

interface PointsChangeProps {
  /** Shares of 1; null where unknown. */
  now: number | null;
  before: number | null | undefined;
  goodWhen: 'up' | 'down';
}

/** How a rate moved, in percentage points: "5 % more" of a rate could mean two things. */
export function PointsChange({ now, before, goodWhen }: PointsChangeProps) {
  if (now === null || before === null || before === undefined) {
    return <span className="figures text-muted-foreground text-xs">—</span>;
  }
  const points = Math.round((now - before) * 1000) / 10;
  const Icon = points === 0 ? ArrowRight : points > 0 ? ArrowUp : ArrowDown;
  const good = points > 0 === (goodWhen === 'up');
  return (
    <span
      title="Percentage points"
      className={cn(
        'figures inline-flex items-center gap-0.5 text-xs',
        points === 0 ? 'text-muted-foreground' : good ? 'text-success' : 'text-danger',
      )}
    >
      <Icon className="size-3" aria-hidden />
      {points > 0 ? '+' : ''}
      {points} pt
    </span>
  );
}
