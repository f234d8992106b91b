'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';

export const CONTROL_CLASSES = cn(
  'w-full min-w-0 rounded-md border border-border-strong bg-card text-foreground text-sm transition-[background-color,border-color]',
  'placeholder:text-muted-foreground/70 hover:border-muted-foreground/60',
  'focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-ring/40 focus-visible:outline-offset-0',
  'aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground',
);

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldControl()}
      className={cn(CONTROL_CLASSES, 'h-8 px-2.5 max-md:h-9 max-md:text-lg', className)}
      {...props}
    />
  );
}
