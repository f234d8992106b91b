'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

interface SheetContentProps {
  title: ReactNode;
  /** Keeps the title for screen readers only. */
  hideTitle?: boolean;
  side?: 'left' | 'right';
  /** False leaves the page behind it usable, as beside a table. Pair with `<Sheet modal={false}>`. */
  overlay?: boolean;
  children: ReactNode;
  className?: string;
}

/** A panel that slides over the page from one side. */
export function SheetContent({
  title,
  hideTitle,
  side = 'right',
  overlay = true,
  children,
  className,
}: SheetContentProps) {
  return (
    <Radix.Portal>
      {overlay && (
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
      )}
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          'fixed inset-y-0 z-40 flex w-full max-w-[560px] flex-col bg-background shadow-float outline-none',
          'data-[state=closed]:animate-sheet-out data-[state=open]:animate-sheet-in',
          side === 'left' ? 'left-0 [--sheet-from:-100%]' : 'right-0',
          className,
        )}
      >
        <div
          className={cn('flex h-12 shrink-0 items-center justify-between gap-2 border-b px-4', hideTitle && 'sr-only')}
        >
          <Radix.Title className="truncate font-medium text-base">{title}</Radix.Title>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-sm" aria-label="Close">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}
