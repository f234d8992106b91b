'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

interface DialogContentProps {
  title: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  children: ReactNode;
  /** Keeps it open on Escape and outside clicks, for what can't be shown again. */
  persistent?: boolean;
  className?: string;
}

/** The window itself: title, text, body, and `DialogFooter` last. */
export function DialogContent({ title, description, children, persistent, className }: DialogContentProps) {
  const keepOpen = persistent ? (event: Event) => event.preventDefault() : undefined;
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-50 grid grid-cols-[minmax(0,1fr)] place-items-center overflow-y-auto bg-overlay p-4 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in">
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onEscapeKeyDown={keepOpen}
          onInteractOutside={keepOpen}
          className={cn(
            'relative w-full max-w-[480px] rounded-lg bg-popover p-6 shadow-float outline-none',
            'data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in',
            className,
          )}
        >
          <Radix.Title className="pr-8 font-medium text-lg">{title}</Radix.Title>
          {description && (
            <Radix.Description className="mt-1 max-w-[70ch] text-base text-muted-foreground">
              {description}
            </Radix.Description>
          )}
          <div className="mt-4">{children}</div>
          {!persistent && (
            <Radix.Close asChild>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label="Close"
                className="absolute top-5 right-4 text-muted-foreground"
              >
                <X aria-hidden />
              </Button>
            </Radix.Close>
          )}
        </Radix.Content>
      </Radix.Overlay>
    </Radix.Portal>
  );
}

/** The buttons of a dialog, the main one last. */
export function DialogFooter({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn('mt-6 flex flex-wrap justify-end gap-2', className)}>{children}</div>;
}
