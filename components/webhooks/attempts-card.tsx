import { Badge } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import { LocalTime } from '@/components/ui/time';
import { formatDurationMs } from '@/lib/format';
import type { AttemptView } from '@/lib/webhooks/schema';

/** What became of the last deliveries. */
export function AttemptsCard({ attempts }: { attempts: readonly AttemptView[] }) {
  return (
    <Card>
      <CardHeader title="Last deliveries" description="The last 100 attempts." />
      {attempts.length === 0 ? (
        <p className="px-4 pb-4 text-muted-foreground text-sm">Nothing was sent yet.</p>
      ) : (
        <Table>
          <TableHead>
            <TableRow>
              <TableHeader>When</TableHeader>
              <TableHeader className="max-md:hidden">Webhook</TableHeader>
              <TableHeader>Log</TableHeader>
              <TableHeader>Answer</TableHeader>
              <TableHeader numeric className="max-md:hidden">
                Took
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {attempts.map((attempt) => (
              <TableRow key={attempt.id}>
                <TableCell className="whitespace-nowrap text-muted-foreground text-xs">
                  <LocalTime at={attempt.at} />
                </TableCell>
                <TableCell className="max-w-48 truncate max-md:hidden">{attempt.webhookName}</TableCell>
                <TableCell className="whitespace-nowrap text-xs">
                  {attempt.logId ? (
                    <TextLink href={`/logs/${attempt.logId}`} className="figures">
                      …{attempt.logId.slice(-8)}
                    </TextLink>
                  ) : (
                    'Test'
                  )}
                </TableCell>
                <TableCell className="min-w-32 [overflow-wrap:anywhere]">
                  <span className="flex flex-wrap items-center gap-x-2 text-xs">
                    {attempt.error === null ? (
                      <Badge tone="success">{attempt.statusCode}</Badge>
                    ) : (
                      <Badge tone="danger">{attempt.statusCode ?? 'No answer'}</Badge>
                    )}
                    {attempt.attempt > 1 && <span className="text-muted-foreground">try {attempt.attempt}</span>}
                    {attempt.error !== null && attempt.statusCode === null && (
                      <span className="text-muted-foreground">{attempt.error}</span>
                    )}
                  </span>
                </TableCell>
                <TableCell numeric className="max-md:hidden">
                  {formatDurationMs(attempt.durationMs)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
