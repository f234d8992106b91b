import { Badge } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { LocalTime } from '@/components/ui/time';
import type { AlertEventView, Delivery, EventKind } from '@/lib/alerts/schema';

const KINDS = {
  fired: { tone: 'danger', label: 'Fired' },
  resolved: { tone: 'success', label: 'Resolved' },
  test: { tone: 'neutral', label: 'Test' },
} as const satisfies Record<EventKind, { tone: string; label: string }>;

/** What happened, and who was told. */
export function HistoryCard({ events }: { events: readonly AlertEventView[] }) {
  return (
    <Card>
      <CardHeader title="History" description="The last 100 events, of the last 90 days." />
      {events.length === 0 ? (
        <p className="px-4 pb-4 text-muted-foreground text-sm">Nothing has happened yet.</p>
      ) : (
        <Table>
          <TableHead>
            <TableRow>
              <TableHeader>When</TableHeader>
              <TableHeader>Event</TableHeader>
              <TableHeader className="max-md:hidden">Told</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {events.map((event) => (
              <TableRow key={event.id} className="align-top">
                <TableCell className="whitespace-nowrap py-2 text-muted-foreground text-xs">
                  <LocalTime at={event.at} />
                </TableCell>
                <TableCell className="max-w-96 py-2 max-md:max-w-52">
                  <span className="flex flex-wrap items-center gap-2">
                    <Badge tone={KINDS[event.kind].tone}>{KINDS[event.kind].label}</Badge>
                    <span className="min-w-0 truncate font-medium">{event.alertName}</span>
                  </span>
                  <span className="block text-muted-foreground text-xs">{event.detail}</span>
                  <Deliveries event={event} className="mt-1 md:hidden" />
                </TableCell>
                <TableCell className="py-2 max-md:hidden">
                  <Deliveries event={event} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function Deliveries({ event, className }: { event: AlertEventView; className?: string }) {
  return (
    <ul className={cn('flex flex-col gap-1 text-xs', className)}>
      {event.deliveries.map((delivery) => (
        <Told key={`${delivery.channel}/${delivery.to}`} delivery={delivery} />
      ))}
    </ul>
  );
}

function Told({ delivery: { to, state, error } }: { delivery: Delivery }) {
  return (
    <li className="[overflow-wrap:anywhere]">
      <span className="break-all">{to}</span>
      {state === 'sent' && <span className="text-muted-foreground"> · sent</span>}
      {state === 'pending' && (
        <span className="text-warning"> · {error === null ? 'on its way' : 'will be tried again'}</span>
      )}
      {state === 'failed' && <span className="text-danger"> · not sent</span>}
      {error !== null && <span className="block text-muted-foreground">{error}</span>}
    </li>
  );
}
