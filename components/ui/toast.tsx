'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { Button } from './button';

export interface ToastMessage {
  title: string;
  description?: string;
  /** An error stays until it is closed. */
  tone?: 'success' | 'danger';
}

interface Entry extends ToastMessage {
  id: number;
}

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);
const SHOWN_MS = 5000;

/** Tells the person what was done. Not for what a field or the page itself can say. */
export function useToast(): (message: ToastMessage) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs the ToastProvider of app/providers.tsx above it.');
  return show;
}

let nextId = 1;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const show = useCallback((message: ToastMessage) => {
    const entry = { ...message, id: nextId++ };
    setEntries((current) => [...current.slice(-2), entry]);
  }, []);
  const remove = (id: number) => setEntries((current) => current.filter((entry) => entry.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider swipeDirection="right" duration={SHOWN_MS}>
        {children}
        {entries.map((entry) => (
          <ToastCard key={entry.id} entry={entry} onClose={() => remove(entry.id)} />
        ))}
        <Radix.Viewport className="fixed right-0 bottom-0 z-60 flex w-96 max-w-full flex-col gap-2 p-4 outline-none" />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastCard({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const failed = entry.tone === 'danger';
  const Icon = failed ? CircleAlert : CircleCheck;
  return (
    <Radix.Root
      type={failed ? 'foreground' : 'background'}
      duration={failed ? Number.POSITIVE_INFINITY : SHOWN_MS}
      onOpenChange={(open) => !open && onClose()}
      className="flex animate-pop-in items-start gap-2.5 rounded-lg bg-popover p-3 shadow-float"
    >
      <Icon
        className={failed ? 'mt-0.5 size-4 shrink-0 text-danger' : 'mt-0.5 size-4 shrink-0 text-success'}
        aria-hidden
      />
      <div className="min-w-0 flex-1">
        <Radix.Title className="font-medium text-sm">{entry.title}</Radix.Title>
        {entry.description && (
          <Radix.Description className="break-words text-muted-foreground text-sm">
            {entry.description}
          </Radix.Description>
        )}
      </div>
      <Radix.Close asChild>
        <Button variant="ghost" size="icon-sm" aria-label="Close" className="-my-1 -mr-1 text-muted-foreground">
          <X aria-hidden />
        </Button>
      </Radix.Close>
    </Radix.Root>
  );
}
