'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useRef } from 'react';
import type { LogRow } from '@/lib/logs/schema';
import type { useColumnLayout } from './column-layout';
import { LogTableHead } from './log-table-head';
import { LogTableRow } from './log-table-row';
import { useGrowingList } from './use-growing-list';

export const ROW_PX = 36;
/** What a column that takes the rest has at least, before the table scrolls sideways. */
const LEAST_REST_PX = 220;

export interface LogListProps {
  rows: readonly LogRow[];
  timeZone: string;
  scroller: RefObject<HTMLDivElement | null>;
  selected: string | null;
  onOpen: (id: string) => void;
  onOlder: (() => void) | null;
  onNewer: (() => void) | null;
}

interface LogTableProps extends LogListProps {
  layout: ReturnType<typeof useColumnLayout>;
}

/** Logs as a table that draws only the rows in sight. For screens from 768 px. */
export function LogTable({ rows, timeZone, scroller, layout, selected, onOpen, onOlder, onNewer }: LogTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    // Until the browser has measured it, and on the server.
    initialRect: { width: 1200, height: 900 },
  });
  const items = virtual.getVirtualItems();
  useGrowingList({ rows, rowPx: ROW_PX, scroller, selected, items, onOlder, onNewer });
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <table
      className="w-full table-fixed text-sm"
      style={{ minWidth: layout.columns.reduce((sum, { width }) => sum + (width ?? LEAST_REST_PX), 0) }}
      aria-rowcount={onOlder || onNewer ? -1 : rows.length + 1}
    >
      <caption className="sr-only">Logs, newest first</caption>
      <LogTableHead layout={layout} />
      <tbody ref={body}>
        {before > 0 && <tr aria-hidden style={{ height: before }} />}
        {items.map((item) => {
          const log = rows[item.index];
          return (
            log && (
              <LogTableRow
                key={log.id}
                log={log}
                rowIndex={item.index + 2}
                columns={layout.columns}
                timeZone={timeZone}
                isOpen={log.id === selected}
                onOpen={onOpen}
              />
            )
          );
        })}
        {after > 0 && <tr aria-hidden style={{ height: after }} />}
      </tbody>
    </table>
  );
}
