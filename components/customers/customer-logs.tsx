import { Badge } from '@/components/ui/badge';
import { Duration, Money } from '@/components/ui/figures';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import { LocalTime } from '@/components/ui/time';
import type { LogRow, LogStatus } from '@/lib/logs/schema';

const STATES = {
  success: { tone: 'success', label: 'OK' },
  error: { tone: 'danger', label: 'Failed' },
  aborted: { tone: 'warning', label: 'Client left' },
  interrupted: { tone: 'danger', label: 'Interrupted' },
} as const satisfies Record<LogStatus, { tone: string; label: string }>;

/** The newest logs of one customer, in short. */
export function CustomerLogs({ logs }: { logs: readonly LogRow[] }) {
  if (logs.length === 0) return <p className="px-4 pb-4 text-muted-foreground text-sm">No logs in this range.</p>;
  return (
    <Table>
      <TableHead>
        <TableRow>
          <TableHeader>When</TableHeader>
          <TableHeader>Prompt</TableHeader>
          <TableHeader className="max-md:hidden">Model</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric className="max-md:hidden">
            Cost
          </TableHeader>
          <TableHeader numeric className="max-md:hidden">
            Latency
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {logs.map((log) => (
          <TableRow key={log.id}>
            <TableCell className="whitespace-nowrap text-xs">
              <LocalTime at={new Date(log.startedAt)} className="text-muted-foreground" />
            </TableCell>
            <TableCell className="max-w-52 truncate max-md:max-w-28">
              <TextLink href={`/logs/${log.id}`} prefetch={false}>
                {log.promptPreview || 'No prompt kept'}
              </TextLink>
            </TableCell>
            <TableCell className="max-w-28 truncate text-xs max-md:hidden" title={log.model ?? undefined}>
              {log.model ?? '—'}
            </TableCell>
            <TableCell>
              <Badge tone={STATES[log.status].tone}>{STATES[log.status].label}</Badge>
            </TableCell>
            <TableCell numeric className="max-md:hidden">
              <Money nanoUsd={log.costNanoUsd} precise />
            </TableCell>
            <TableCell numeric className="max-md:hidden">
              <Duration ms={log.latencyMs} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
