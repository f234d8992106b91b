import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section className={cn('rounded-lg border bg-card', className)} {...props} />;
}

interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons or links at the right. */
  actions?: ReactNode;
  className?: string;
}

export function CardHeader({ title, description, actions, className }: CardHeaderProps) {
  return (
    <div className={cn('flex items-start justify-between gap-4 px-4 pt-3 pb-2', className)}>
      <div className="min-w-0">
        <h2 className="font-medium text-sm">{title}</h2>
        {description && <p className="max-w-[70ch] text-muted-foreground text-xs">{description}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </div>
  );
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('px-4 pb-4', className)} {...props} />;
}

/** A quiet line under the content, set apart by a border. */
export function CardFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('border-t px-4 py-2.5 text-muted-foreground text-xs', className)} {...props} />;
}
