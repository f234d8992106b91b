import { Card } from './card';
import { cn } from './cn';

/** Stands where content will be, in its final size. Put `aria-busy` on the region around it. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse-soft rounded-sm bg-hover', className)} />;
}

/** A card of text that is on its way. */
export function SkeletonCard({ className }: { className?: string }) {
  return (
    <Card aria-busy className={cn('flex h-36 flex-col gap-4 p-4', className)}>
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-96 max-w-full" />
      <Skeleton className="h-3 w-80 max-w-full" />
    </Card>
  );
}
