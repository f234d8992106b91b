import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A link inside a sentence. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn('rounded-sm font-medium text-accent underline-offset-2 hover:underline', className)}
      {...props}
    />
  );
}
