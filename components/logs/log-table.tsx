'use client';

import Link from 'next/link';
import { formatDate } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { cn } from '../ui/cn';
import { Duration, Money } from '../ui/figures';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { SimulatedBadge, TokenFlow, unknownCostReason } from './log-values';
import { StatusCell } from './status-cell';

interface LogTableProps {
  rows: readonly LogRow[];
  timeZone: string;
}

/** Logs as a table; the whole row leads to the log. For screens from 768 px. */
export function LogTable({ rows, timeZone }: LogTableProps) {
  return (
    <Table className="table-fixed max-md:hidden">
      <LogTableHead />
      <TableBody>
        {rows.map((log) => (
          <LogTableRow key={log.id} log={log} timeZone={timeZone} />
        ))}
      </TableBody>
    </Table>
  );
}

/** The widths are fixed, so that a new page of rows moves no column. Narrow screens drop the least needed ones. */
export function LogTableHead() {
  return (
    <TableHead>
      <tr>
        <TableHeader className="w-28">Status</TableHeader>
        <TableHeader className="w-30">Time</TableHeader>
        <TableHeader className="w-38">Model</TableHeader>
        <TableHeader>Prompt → reply</TableHeader>
        <TableHeader numeric className="w-24">
          Tokens
        </TableHeader>
        <TableHeader numeric className="w-24">
          Cost
        </TableHeader>
        <TableHeader numeric className="w-18">
          Latency
        </TableHeader>
        <TableHeader numeric className="w-18 max-lg:hidden" title="Time to first token">
          TTFT
        </TableHeader>
        <TableHeader className="w-28 max-xl:hidden">Key</TableHeader>
      </tr>
    </TableHead>
  );
}

function LogTableRow({ log, timeZone }: { log: LogRow; timeZone: string }) {
  return (
    <TableRow className="relative hover:bg-hover">
      <TableCell>
        <StatusCell log={log} />
      </TableCell>
      <TableCell className="whitespace-nowrap text-xs tabular-nums">
        <Link
          href={`/logs/${log.id}`}
          prefetch={false}
          className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          <time dateTime={new Date(log.startedAt).toISOString()}>
            {formatDate(new Date(log.startedAt), 'datetime', timeZone)}
          </time>
        </Link>
      </TableCell>
      <TableCell>
        <span className={cn('block truncate', !log.model && 'text-muted-foreground')} title={log.model ?? undefined}>
          {log.model ?? 'No model'}
        </span>
      </TableCell>
      <TableCell>
        <span className="flex min-w-0 items-center gap-2">
          {log.simulated && <SimulatedBadge />}
          <Preview log={log} />
        </span>
      </TableCell>
      <TableCell numeric>
        <TokenFlow log={log} />
      </TableCell>
      <TableCell numeric>
        <Money nanoUsd={log.costNanoUsd} precise unknownReason={unknownCostReason(log)} />
      </TableCell>
      <TableCell numeric>
        <Duration ms={log.latencyMs} />
      </TableCell>
      <TableCell numeric className="max-lg:hidden">
        <Duration ms={log.ttftMs} />
      </TableCell>
      <TableCell className="truncate text-muted-foreground text-xs max-xl:hidden">{log.keyName ?? '—'}</TableCell>
    </TableRow>
  );
}

/** The first lines of what was asked and what came back; of a failure, what it said. */
export function Preview({ log }: { log: LogRow }) {
  const failed = log.status === 'error' || log.status === 'interrupted';
  const reply = failed ? (log.errorMessage ?? log.replyPreview) : log.replyPreview;
  return (
    <span className="flex min-w-0 gap-1.5">
      <span className={cn('truncate text-muted-foreground', reply && 'max-w-[45%] shrink-0')}>
        {log.promptPreview ?? 'Not kept'}
      </span>
      {reply && (
        <span className="min-w-0 truncate">
          <span aria-hidden className="text-muted-foreground">
            →{' '}
          </span>
          {reply}
        </span>
      )}
    </span>
  );
}
