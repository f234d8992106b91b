import { Badge } from '@/components/ui/badge';
import { DropdownMenuItem, DropdownMenuSeparator } from '@/components/ui/dropdown-menu';
import { RowMenu } from '@/components/ui/row-menu';
import { TableCell, TableRow } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { formatCount } from '@/lib/format';
import type { WebhookView } from '@/lib/webhooks/schema';

/** What a row's menu can do. */
export interface WebhookRowActions {
  onTest: () => void;
  onEdit: () => void;
  onPause: () => void;
  onReveal: () => void;
  onRoll: () => void;
  onRemove: () => void;
}

interface WebhookRowProps {
  webhook: WebhookView;
  /** Null for whoever only looks. */
  actions: WebhookRowActions | null;
}

export function WebhookRow({ webhook, actions }: WebhookRowProps) {
  const { name, url, environment, lastDeliveredAt, waiting } = webhook;
  return (
    <TableRow className="align-top">
      <TableCell className="max-w-80 py-2 max-md:max-w-40">
        <span className="block truncate font-medium" title={name}>
          {name}
        </span>
        <span className="figures block truncate text-muted-foreground text-xs" title={url}>
          {url}
        </span>
        {environment && <span className="block text-muted-foreground text-xs">{environment} only</span>}
      </TableCell>
      <TableCell className="max-w-64 py-2">
        <WebhookState webhook={webhook} />
      </TableCell>
      <TableCell className="py-2 text-xs max-md:hidden">
        {lastDeliveredAt ? <RelativeTime at={lastDeliveredAt} /> : <span className="text-muted-foreground">Never</span>}
      </TableCell>
      <TableCell numeric className="py-2 max-md:hidden">
        {waiting >= 10_000 ? '10,000+' : formatCount(waiting)}
      </TableCell>
      <TableCell className="text-right">{actions && <WebhookMenu webhook={webhook} {...actions} />}</TableCell>
    </TableRow>
  );
}

function WebhookState({ webhook: { state, pauseReason, failingSince } }: { webhook: WebhookView }) {
  if (state === 'active') return <Badge tone="success">Active</Badge>;
  if (state === 'paused')
    return (
      <>
        <Badge tone={pauseReason ? 'danger' : 'neutral'}>Paused</Badge>
        <span className="block text-muted-foreground text-xs">{pauseReason ?? 'New logs are not kept for it.'}</span>
      </>
    );
  return (
    <>
      <Badge tone="warning">Failing</Badge>
      <span className="block text-muted-foreground text-xs">
        {failingSince && (
          <>
            since <RelativeTime at={failingSince} />,{' '}
          </>
        )}
        tried again by itself
      </span>
    </>
  );
}

function WebhookMenu({ webhook, ...actions }: WebhookRowActions & { webhook: WebhookView }) {
  return (
    <RowMenu name={webhook.name}>
      <DropdownMenuItem onSelect={actions.onTest}>Send test</DropdownMenuItem>
      <DropdownMenuItem onSelect={actions.onEdit}>Edit</DropdownMenuItem>
      <DropdownMenuItem onSelect={actions.onPause}>{webhook.state === 'paused' ? 'Resume' : 'Pause'}</DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={actions.onReveal}>Show signing secret</DropdownMenuItem>
      <DropdownMenuItem onSelect={actions.onRoll}>Replace signing secret</DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem danger onSelect={actions.onRemove}>
        Remove
      </DropdownMenuItem>
    </RowMenu>
  );
}
