import type { Attempt } from '@/lib/logs/schema';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Duration } from '../ui/figures';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

/** Every try at a target, in order, and why it was made. */
export function AttemptsTable({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) {
    return (
      <EmptyState title="No provider was called">
        The request ended before it came to that, or it was sent to us as a log.
      </EmptyState>
    );
  }
  return (
    <Card className="overflow-hidden">
      <Table>
        <TableHead>
          <tr>
            <TableHeader numeric>Start</TableHeader>
            <TableHeader numeric>Took</TableHeader>
            <TableHeader>Status</TableHeader>
            <TableHeader>Provider and model</TableHeader>
            <TableHeader>Credential</TableHeader>
            <TableHeader>Why</TableHeader>
            <TableHeader>Outcome</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {attempts.map((attempt) => (
            <TableRow key={`${attempt.startedAfterMs} ${attempt.reason}`}>
              <TableCell numeric>
                <Duration ms={attempt.startedAfterMs} />
              </TableCell>
              <TableCell numeric>
                <Duration ms={attempt.durationMs} />
              </TableCell>
              <TableCell className="figures text-xs">{attempt.statusCode ?? 'no answer'}</TableCell>
              <TableCell className="whitespace-nowrap">
                {attempt.provider} · {attempt.model}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {attempt.credentialSource}{' '}
                <span className="figures text-muted-foreground text-xs">…{attempt.credentialHint}</span>
              </TableCell>
              <TableCell className="text-muted-foreground">{attempt.reason}</TableCell>
              <TableCell className={toneOf(attempt.outcome)}>{attempt.outcome}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

/** One that was cancelled beside another has not failed. */
function toneOf(outcome: string): string {
  if (outcome === 'ok') return 'text-success';
  return outcome.startsWith('cancelled') ? 'text-muted-foreground' : 'text-danger';
}
