'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { formatDate } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { Duration, Money } from '../ui/figures';
import type { LogListProps } from './log-table';
import { openBeside } from './log-table-row';
import { SimulatedBadge, TokenFlow, unknownCostReason } from './log-values';
import { StatusCell } from './status-cell';
import { useGrowingList } from './use-growing-list';

const ITEM_PX = 93;

/** Logs as a list of three lines each, where a table has no room. */
export function LogList({ rows, timeZone, scroller, selected, onOpen, onOlder, onNewer }: LogListProps) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ITEM_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    initialRect: { width: 390, height: 900 },
  });
  const items = virtual.getVirtualItems();
  useGrowingList({ rows, rowPx: ITEM_PX, scroller, selected, items, onOlder, onNewer });
  return (
    <ul className="relative" style={{ height: virtual.getTotalSize() }} aria-label="Logs, newest first">
      {items.map((item) => {
        const log = rows[item.index];
        return (
          log && (
            <li key={log.id} className="absolute inset-x-0 border-b" style={{ top: item.start, height: ITEM_PX }}>
              <LogItem log={log} timeZone={timeZone} onOpen={onOpen} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function LogItem({ log, timeZone, onOpen }: { log: LogRow; timeZone: string; onOpen: (id: string) => void }) {
  return (
    <Link
      href={`/logs/${log.id}`}
      prefetch={false}
      data-log={log.id}
      onClick={(event) => openBeside(event, () => onOpen(log.id))}
      className="flex h-full flex-col gap-1 px-4 py-3 hover:bg-hover"
    >
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{log.model ?? 'No model'}</span>
        {log.simulated && <SimulatedBadge />}
        <span className="figures text-muted-foreground text-xs">
          {formatDate(new Date(log.startedAt), 'datetime', timeZone)}
        </span>
      </span>
      <span className="truncate text-muted-foreground">
        {(log.status === 'error' ? log.errorMessage : log.replyPreview) ?? log.promptPreview ?? 'Not kept'}
      </span>
      <span className="flex items-center gap-3 text-xs">
        <StatusCell log={log} className="flex-1" />
        <TokenFlow log={log} />
        <Money nanoUsd={log.costNanoUsd} precise unknownReason={unknownCostReason(log)} />
        <Duration ms={log.latencyMs} />
      </span>
    </Link>
  );
}
