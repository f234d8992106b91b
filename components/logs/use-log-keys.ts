'use client';

import { useEffect } from 'react';
import type { LogRow } from '@/lib/logs/schema';

interface LogKeys {
  rows: readonly LogRow[];
  /** The log that the keys start from: the open one, else the one last moved to. */
  current: string | null;
  isOpen: boolean;
  onMove: (id: string) => void;
  onOpen: (id: string) => void;
  onClose: () => void;
  onFilter: () => void;
  onSearch: () => void;
}

export const LOG_KEYS = [
  { keys: ['J', 'K'], does: 'next, previous' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['Esc'], does: 'close' },
  { keys: ['F'], does: 'filter' },
  { keys: ['/'], does: 'search' },
] as const;

/** The keys of the log page. They rest while something is typed, and leave shortcuts of the browser alone. */
export function useLogKeys(given: LogKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTaken(event.target)) return;
      const action = actionOf(event.key, given);
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [given]);
}

function actionOf(key: string, given: LogKeys): (() => void) | null {
  const { rows, current, isOpen, onMove, onOpen, onClose, onFilter, onSearch } = given;
  const at = rows.findIndex(({ id }) => id === current);
  const next = { j: rows[at + 1], k: rows[at - 1] }[key];
  if (next) return () => (isOpen ? onOpen(next.id) : onMove(next.id));
  if (key === 'Enter' && current && !isOpen && !document.activeElement?.closest('a, button'))
    return () => onOpen(current);
  if (key === 'Escape' && isOpen) return onClose;
  if (key === 'f') return onFilter;
  return key === '/' ? onSearch : null;
}

/** Where a key means something of its own: a field, a menu, a window. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"]') !==
    null
  );
}
