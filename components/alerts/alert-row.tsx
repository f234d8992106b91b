import { Badge } from '@/components/ui/badge';
import { DropdownMenuItem, DropdownMenuSeparator } from '@/components/ui/dropdown-menu';
import { RowMenu } from '@/components/ui/row-menu';
import { TableCell, TableRow } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { type AlertView, conditionInWords, formatValue } from '@/lib/alerts/schema';
import { formatPlural } from '@/lib/format';
import type { AlertChoices } from './alert-actions';

/** What a row's menu can do. */
export interface AlertRowActions {
  onTest: () => void;
  onEdit: () => void;
  onToggle: () => void;
  onReveal: () => void;
  onRemove: () => void;
}

interface AlertRowProps {
  alert: AlertView;
  keys: AlertChoices['keys'];
  /** Null for whoever only looks. */
  actions: AlertRowActions | null;
}

export function AlertRow({ alert, keys, actions }: AlertRowProps) {
  const filters = filtersOf(alert, keys);
  return (
    <TableRow className="align-top">
      <TableCell className="max-w-80 py-2 max-md:max-w-44">
        <span className="block truncate font-medium" title={alert.name}>
          {alert.name}
        </span>
        <span className="block text-muted-foreground text-xs">{conditionInWords(alert)}</span>
        {filters && <span className="block break-words text-muted-foreground text-xs">{filters}</span>}
      </TableCell>
      <TableCell className="whitespace-nowrap py-2">
        <AlertState alert={alert} />
      </TableCell>
      <TableCell className="whitespace-nowrap py-2 max-md:hidden">
        <Reading alert={alert} />
      </TableCell>
      <TableCell className="max-w-56 py-2 max-md:hidden">
        <ul className="text-muted-foreground text-xs">
          {targetsOf(alert).map((target) => (
            <li key={target} className="truncate" title={target}>
              {target}
            </li>
          ))}
        </ul>
      </TableCell>
      <TableCell className="text-right">{actions && <AlertMenu alert={alert} {...actions} />}</TableCell>
    </TableRow>
  );
}

function AlertState({ alert: { enabled, firingSince, evaluatedAt } }: { alert: AlertView }) {
  if (!enabled) return <Badge>Off</Badge>;
  if (!firingSince) return evaluatedAt ? <Badge tone="success">OK</Badge> : <Badge>Starting</Badge>;
  return (
    <span className="flex flex-col items-start gap-0.5">
      <Badge tone="danger">Firing</Badge>
      <RelativeTime at={firingSince} className="text-muted-foreground text-xs" />
    </span>
  );
}

function Reading({ alert: { metric, value, requests, evaluatedAt, enabled } }: { alert: AlertView }) {
  if (!enabled || evaluatedAt === null) return <span className="text-muted-foreground">—</span>;
  return (
    <>
      <span className="figures block text-xs">{formatValue(metric, value)}</span>
      {metric !== 'requests' && (
        <span className="block text-muted-foreground text-xs">{formatPlural(requests ?? 0, 'request')}</span>
      )}
    </>
  );
}

function filtersOf(alert: AlertView, keys: AlertChoices['keys']): string {
  const { environment, provider, model, apiKeyId, customer } = alert;
  const key = apiKeyId && (keys.find(({ id }) => id === apiKeyId)?.name ?? 'a key that was removed');
  return [environment === 'test' && 'test', provider, model, key, customer && `customer ${customer}`]
    .filter(Boolean)
    .join(' · ');
}

function targetsOf({ emails, slackUrlHint, webhookUrl }: AlertView): string[] {
  return [...emails, ...(slackUrlHint ? [slackUrlHint] : []), ...(webhookUrl ? [new URL(webhookUrl).host] : [])];
}

function AlertMenu({ alert, ...actions }: AlertRowActions & { alert: AlertView }) {
  return (
    <RowMenu name={alert.name}>
      <DropdownMenuItem onSelect={actions.onTest}>Send test</DropdownMenuItem>
      <DropdownMenuItem onSelect={actions.onEdit}>Edit</DropdownMenuItem>
      <DropdownMenuItem onSelect={actions.onToggle}>{alert.enabled ? 'Switch off' : 'Switch on'}</DropdownMenuItem>
      {alert.webhookUrl && <DropdownMenuItem onSelect={actions.onReveal}>Show signing secret</DropdownMenuItem>}
      <DropdownMenuSeparator />
      <DropdownMenuItem danger onSelect={actions.onRemove}>
        Remove
      </DropdownMenuItem>
    </RowMenu>
  );
}
