import { cn } from './cn';

/** Stands where content will be, in its final size. Put `aria-busy` on the region around it. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse-soft rounded-sm bg-hover', className)} />;
}
