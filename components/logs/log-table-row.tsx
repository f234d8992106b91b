'use client';

import Link from 'next/link';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { formatDate } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { cn } from '../ui/cn';
import type { LogColumn } from './log-columns';
import { LogPreview } from './log-preview';

interface LogTableRowProps {
  log: LogRow;
  rowIndex: number;
  columns: readonly LogColumn[];
  timeZone: string;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

/** A row; all of it opens the log beside the table, and with a modifier key in a tab of its own. */
export const LogTableRow = memo(function LogTableRow(props: LogTableRowProps) {
  const { log, rowIndex, columns, timeZone, isOpen, onOpen } = props;
  return (
    <tr
      aria-rowindex={rowIndex}
      data-open={isOpen || undefined}
      className="relative h-9 border-b hover:bg-hover data-open:bg-accent-surface data-open:shadow-[inset_2px_0_var(--primary)]"
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={cn(
            'overflow-hidden px-3 py-1 first:pl-4',
            column.numeric && 'figures text-right text-xs',
            column.id === 'time' && 'whitespace-nowrap text-xs tabular-nums',
          )}
        >
          {column === columns[0] ? (
            <RowLink log={log} timeZone={timeZone} onOpen={onOpen}>
              <Cell column={column} log={log} timeZone={timeZone} />
            </RowLink>
          ) : (
            <Cell column={column} log={log} timeZone={timeZone} />
          )}
        </td>
      ))}
    </tr>
  );
});

function Cell({ column, log, timeZone }: { column: LogColumn; log: LogRow; timeZone: string }) {
  if (column.id === 'preview') return <LogPreview log={log} />;
  return column.cell(log, timeZone);
}

interface RowLinkProps extends Pick<LogTableRowProps, 'log' | 'timeZone' | 'onOpen'> {
  children: ReactNode;
}

function RowLink({ log, timeZone, onOpen, children }: RowLinkProps) {
  const when = formatDate(new Date(log.startedAt), 'datetime', timeZone);
  return (
    <Link
      href={`/logs/${log.id}`}
      prefetch={false}
      data-log={log.id}
      aria-label={`Open the log of ${when}, ${log.model ?? 'no model'}`}
      onClick={(event) => openBeside(event, () => onOpen(log.id))}
      className="block truncate after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
    >
      {children}
    </Link>
  );
}

/** Leaves to the browser what it does with links: new tabs, new windows, downloads. */
export function openBeside(event: MouseEvent, open: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  open();
}
