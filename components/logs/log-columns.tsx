import type { ReactNode } from 'react';
import { formatDate } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { Duration, Money, Tokens } from '../ui/figures';
import { TokenFlow, unknownCostReason } from './log-values';
import { StatusCell } from './status-cell';

export interface LogColumn {
  readonly id: string;
  readonly label: string;
  /** What the heading means, where it is short for something. */
  readonly title?: string;
  /** In pixels, before anyone changes it; null takes what is left. */
  readonly width: number | null;
  readonly numeric?: boolean;
  /** Not shown until someone asks for it. */
  readonly optional?: boolean;
  readonly cell: (log: LogRow, timeZone: string) => ReactNode;
}

/** Every column that the table can show, in the order of a new reader. Time holds the row's link, so it is drawn by the row. */
export const LOG_COLUMNS: readonly LogColumn[] = [
  { id: 'status', label: 'Status', width: 112, cell: (log) => <StatusCell log={log} /> },
  {
    id: 'time',
    label: 'Time',
    width: 124,
    cell: (log, timeZone) => formatDate(new Date(log.startedAt), 'datetime', timeZone),
  },
  { id: 'model', label: 'Model', width: 150, cell: (log) => plain(log.model, 'No model') },
  { id: 'preview', label: 'Prompt → reply', width: null, cell: () => null },
  { id: 'tokens', label: 'Tokens', width: 96, numeric: true, cell: (log) => <TokenFlow log={log} /> },
  {
    id: 'cost',
    label: 'Cost',
    width: 92,
    numeric: true,
    cell: (log) => <Money nanoUsd={log.costNanoUsd} precise unknownReason={unknownCostReason(log)} />,
  },
  { id: 'latency', label: 'Latency', width: 76, numeric: true, cell: (log) => <Duration ms={log.latencyMs} /> },
  {
    id: 'ttft',
    label: 'TTFT',
    title: 'Time to first token',
    width: 76,
    numeric: true,
    cell: (log) => <Duration ms={log.ttftMs} />,
  },
  { id: 'key', label: 'Key', width: 112, cell: (log) => quiet(log.keyName) },
  { id: 'provider', label: 'Provider', width: 112, optional: true, cell: (log) => quiet(log.provider) },
  { id: 'customer', label: 'Customer', width: 140, optional: true, cell: (log) => quiet(log.customerIdentifier) },
  { id: 'thread', label: 'Thread', width: 140, optional: true, cell: (log) => quiet(log.threadIdentifier) },
  { id: 'endpoint', label: 'Endpoint', width: 200, optional: true, cell: (log) => quiet(log.endpoint) },
  { id: 'code', label: 'Code', title: 'Status code', width: 64, numeric: true, optional: true, cell: code },
  { id: 'stop', label: 'Stop reason', width: 112, optional: true, cell: (log) => quiet(log.stopReason) },
  {
    id: 'cached',
    label: 'Cached',
    title: 'Tokens read from the provider’s prompt cache',
    width: 84,
    numeric: true,
    optional: true,
    cell: (log) => <Tokens value={log.cacheReadTokens} />,
  },
  {
    id: 'attempts',
    label: 'Attempts',
    width: 84,
    numeric: true,
    optional: true,
    cell: (log) => <span className="figures">{log.attemptCount}</span>,
  },
];

function plain(text: string | null, missing: string): ReactNode {
  return (
    <span className={text ? 'block truncate' : 'block truncate text-muted-foreground'} title={text ?? undefined}>
      {text ?? missing}
    </span>
  );
}

function quiet(text: string | null): ReactNode {
  return (
    <span className="block truncate text-muted-foreground text-xs" title={text ?? undefined}>
      {text ?? '—'}
    </span>
  );
}

function code(log: LogRow): ReactNode {
  return <span className="figures">{log.statusCode}</span>;
}
