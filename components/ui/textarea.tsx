'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';
import { CONTROL_CLASSES } from './input';

/** Grows with what is typed, up to its maximum height. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldControl()}
      className={cn(CONTROL_CLASSES, 'field-sizing-content max-h-80 min-h-20 px-2.5 py-1.5', className)}
      {...props}
    />
  );
}
