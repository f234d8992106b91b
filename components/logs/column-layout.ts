'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { LOG_COLUMNS, type LogColumn } from './log-columns';

const STORED_AS = 'respan.logs.columns';
const MIN_WIDTH_PX = 56;
const MAX_WIDTH_PX = 900;

const layoutSchema = z.object({
  order: z.array(z.string()).catch([]),
  shown: z.record(z.string(), z.boolean()).catch({}),
  widths: z.record(z.string(), z.number().min(MIN_WIDTH_PX).max(MAX_WIDTH_PX)).catch({}),
});
export type ColumnLayout = z.infer<typeof layoutSchema>;

const AS_DELIVERED: ColumnLayout = { order: [], shown: {}, widths: {} };

/** Which columns this person sees, how wide and in which order, as this browser keeps it. */
export function useColumnLayout() {
  const stored = useSyncExternalStore(subscribe, read, () => null);
  return useMemo(() => {
    const layout = parse(stored);
    const all = ordered(layout.order);
    const isShown = (column: LogColumn) => layout.shown[column.id] ?? !column.optional;
    return {
      all: all.map((column) => ({ ...column, shown: isShown(column) })),
      columns: all.filter(isShown).map((column) => ({ ...column, width: layout.widths[column.id] ?? column.width })),
      changed: stored !== null,
      show: (id: string, shown: boolean) => save({ ...layout, shown: { ...layout.shown, [id]: shown } }),
      resize: (id: string, width: number | null) => save({ ...layout, widths: resized(layout.widths, id, width) }),
      /** Puts one column where another stands. */
      move: (id: string, target: string) => save({ ...layout, order: moved(all, id, target) }),
      reset: () => save(null),
    };
  }, [stored]);
}

function ordered(order: readonly string[]): LogColumn[] {
  const place = (column: LogColumn) => (order.includes(column.id) ? order.indexOf(column.id) : Infinity);
  return LOG_COLUMNS.toSorted((a, b) => {
    const [first, second] = [place(a), place(b)];
    return first === second ? 0 : first - second;
  });
}

function moved(all: readonly LogColumn[], id: string, target: string): string[] {
  const ids = all.map((column) => column.id);
  const to = ids.indexOf(target);
  const rest = ids.filter((other) => other !== id);
  return to < 0 ? ids : rest.toSpliced(to, 0, id);
}

function resized(widths: ColumnLayout['widths'], id: string, width: number | null): ColumnLayout['widths'] {
  const { [id]: _, ...rest } = widths;
  return width === null ? rest : { ...rest, [id]: Math.round(Math.min(MAX_WIDTH_PX, Math.max(MIN_WIDTH_PX, width))) };
}

const readers = new Set<() => void>();

function subscribe(onChange: () => void): () => void {
  readers.add(onChange);
  window.addEventListener('storage', onChange);
  return () => {
    readers.delete(onChange);
    window.removeEventListener('storage', onChange);
  };
}

function read(): string | null {
  return window.localStorage.getItem(STORED_AS);
}

function save(layout: ColumnLayout | null): void {
  if (layout) window.localStorage.setItem(STORED_AS, JSON.stringify(layout));
  else window.localStorage.removeItem(STORED_AS);
  for (const onChange of readers) onChange();
}

function parse(stored: string | null): ColumnLayout {
  try {
    return stored ? layoutSchema.parse(JSON.parse(stored)) : AS_DELIVERED;
  } catch {
    return AS_DELIVERED;
  }
}
