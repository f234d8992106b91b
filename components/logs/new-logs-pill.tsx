import { ArrowUp } from 'lucide-react';
import { formatCount } from '@/lib/format';

interface NewLogsPillProps {
  /** How many came in above what is looked at; null where they wait to be let in. */
  count: number | null;
  onClick: () => void;
}

/** Tells of logs that are out of sight, and leads to them. */
export function NewLogsPill({ count, onClick }: NewLogsPillProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="absolute top-10 left-1/2 z-20 inline-flex h-7 -translate-x-1/2 animate-pop-in items-center gap-1.5 rounded-full bg-primary px-3 font-medium text-primary-foreground text-xs shadow-float hover:bg-primary-hover"
    >
      <ArrowUp className="size-3.5" aria-hidden />
      <span aria-live="polite">{count === null ? 'New logs' : `${formatCount(count)} new`}</span>
    </button>
  );
}
