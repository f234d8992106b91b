'use client';

import Link from 'next/link';
import { formatDate } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { Duration, Money } from '../ui/figures';
import { SimulatedBadge, TokenFlow, unknownCostReason } from './log-values';
import { StatusCell } from './status-cell';

/** Logs as a list of two lines each, where a table has no room. */
export function LogList({ rows, timeZone }: { rows: readonly LogRow[]; timeZone: string }) {
  return (
    <ul className="divide-y md:hidden">
      {rows.map((log) => (
        <li key={log.id}>
          <Link href={`/logs/${log.id}`} prefetch={false} className="flex flex-col gap-1 px-4 py-3 hover:bg-hover">
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
        </li>
      ))}
    </ul>
  );
}
