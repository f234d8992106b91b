import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface EmptyStateProps {
  icon?: LucideIcon;
  /** What will be here. */
  title: string;
  /** How it gets here, in a sentence. */
  children?: ReactNode;
  /** The one action that fills it. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-12 text-center', className)}>
      {Icon && (
        <span className="mb-3 grid size-9 place-items-center rounded-lg border bg-muted text-muted-foreground">
          <Icon className="size-4" aria-hidden />
        </span>
      )}
      <p className="font-medium text-base">{title}</p>
      {children && <div className="mt-1 max-w-[52ch] text-base text-muted-foreground">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
