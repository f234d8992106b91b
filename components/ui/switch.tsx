'use client';

import { Switch as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';

export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      {...useFieldControl()}
      className={cn(
        'inline-flex h-[18px] w-8 shrink-0 items-center rounded-full bg-border-strong p-0.5 transition-colors',
        'data-[state=checked]:bg-primary disabled:opacity-55',
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="size-3.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3.5" />
    </Radix.Root>
  );
}
