import { LoaderCircle } from 'lucide-react';
import { cn } from './cn';

/** `label` is what a screen reader hears; null where the words beside it already say it. */
export function Spinner({ label = 'Loading', className }: { label?: string | null; className?: string }) {
  return (
    <span className={cn('inline-flex', className)} role={label ? 'status' : undefined}>
      <LoaderCircle className="size-4 animate-spin" aria-hidden />
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
