import type { ComponentProps } from 'react';
import { cn } from './cn';

/** Scrolls sideways inside its card; rows are 36 px. Figures go in cells with `numeric`. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return (
    <div className="relative w-full overflow-x-auto">
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...props} />
    </div>
  );
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('border-b text-muted-foreground text-xs', className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={cn('[&>tr:last-child]:border-b-0', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('h-9 border-b', className)} {...props} />;
}

interface CellProps {
  /** Right-aligned, monospaced, digits of one width. */
  numeric?: boolean;
}

export function TableHeader({ numeric, className, ...props }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      className={cn('h-8 whitespace-nowrap px-3 font-medium first:pl-4 last:pr-4', numeric && 'text-right', className)}
      {...props}
    />
  );
}

export function TableCell({ numeric, className, ...props }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      className={cn('px-3 py-1 first:pl-4 last:pr-4', numeric && 'figures text-right text-xs', className)}
      {...props}
    />
  );
}
