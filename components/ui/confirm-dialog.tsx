'use client';

import { AlertDialog as Radix } from 'radix-ui';
import { type ReactNode, useState, useTransition } from 'react';
import { Button } from './button';

interface ConfirmDialogProps {
  /** The button that opens it. Leave out and use `open` where a menu item opens it. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** A question that names the thing: "Revoke prod-web?" */
  title: string;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The verb: "Revoke key". */
  confirmLabel: string;
  danger?: boolean;
  /** Runs with the dialog open; it closes when this resolves, and stays open when it returns false. */
  onConfirm: () => Promise<unknown> | unknown;
}

/** Asks before something that can't be taken back. */
export function ConfirmDialog({
  trigger,
  title,
  description,
  confirmLabel,
  danger,
  onConfirm,
  ...state
}: ConfirmDialogProps) {
  const [openHere, setOpenHere] = useState(false);
  const [pending, startTransition] = useTransition();
  const open = state.open ?? openHere;
  const setOpen = state.onOpenChange ?? setOpenHere;
  const confirm = () =>
    startTransition(async () => {
      if ((await onConfirm()) !== false) setOpen(false);
    });
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 grid grid-cols-[minmax(0,1fr)] place-items-center overflow-y-auto bg-overlay p-4 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in">
          <Radix.Content className="w-full max-w-[420px] rounded-lg bg-popover p-6 shadow-float outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in">
            <Radix.Title className="font-medium text-lg">{title}</Radix.Title>
            <Radix.Description asChild>
              <div className="mt-2 text-base text-muted-foreground">{description}</div>
            </Radix.Description>
            <div className="mt-6 flex justify-end gap-2">
              <Radix.Cancel asChild>
                <Button disabled={pending}>Cancel</Button>
              </Radix.Cancel>
              <Button variant={danger ? 'danger' : 'primary'} pending={pending} onClick={confirm}>
                {confirmLabel}
              </Button>
            </div>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
