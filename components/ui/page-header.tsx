import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface PageHeaderProps {
  title: ReactNode;
  /** A badge or count beside the title. */
  beside?: ReactNode;
  /** Where this page belongs: shown before the title. */
  parent?: { label: string; href: string };
  /** Environment, range, live, and the page's main button last. */
  actions?: ReactNode;
  className?: string;
}

/** The bar on top of a page. One a page; its title is the page's h1. */
export function PageHeader({ title, beside, parent, actions, className }: PageHeaderProps) {
  return (
    <header
      className={cn(
        'sticky top-0 z-20 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b bg-background px-6 py-2.5 max-md:static max-md:px-4',
        className,
      )}
    >
      <div className="flex min-w-28 flex-1 items-center gap-2">
        {parent && (
          <>
            <Link href={parent.href} className="rounded-sm text-muted-foreground text-xl hover:text-foreground">
              {parent.label}
            </Link>
            <span aria-hidden className="text-border-strong text-xl">
              /
            </span>
          </>
        )}
        <h1 className="truncate font-medium text-xl tracking-[-0.01em]">{title}</h1>
        {beside}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The page under its header, with the house's margins. */
export function PageBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn('flex flex-col gap-6 p-6 max-md:gap-4 max-md:p-4', className)}>{children}</div>;
}
