'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Table, TableBody, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { useToast } from '@/components/ui/toast';
import { useLast } from '@/components/ui/use-last';
import { formatDurationMs } from '@/lib/format';
import type { WebhookView } from '@/lib/webhooks/schema';
import type { WebhookActions } from './webhook-actions';
import { WebhookDialog } from './webhook-dialog';
import { WebhookRow, type WebhookRowActions } from './webhook-row';

interface WebhooksTableProps {
  webhooks: readonly WebhookView[];
  canEdit: boolean;
  actions: WebhookActions;
  /** Shows a signing secret. */
  onSecret: (secret: string) => void;
}

type Asked = { readonly what: 'remove' | 'roll'; readonly webhook: WebhookView };

export function WebhooksTable({ webhooks, canEdit, actions, onSecret }: WebhooksTableProps) {
  const [editing, setEditing] = useState<WebhookView | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const edited = useLast(editing);
  const toast = useToast();
  const failed = (title: string, description: string) => toast({ tone: 'danger', title, description });
  async function test({ id, name }: WebhookView) {
    const result = await actions.test(id);
    if (!result.ok) return failed(`${name} was not tested`, result.message);
    const { error, statusCode, durationMs } = result.data;
    if (error) failed(`${name} did not accept the test`, error);
    else toast({ title: `${name} accepted the test`, description: `${statusCode} in ${formatDurationMs(durationMs)}` });
  }
  async function pause({ id, name, state }: WebhookView) {
    const paused = state !== 'paused';
    const result = await actions.setPaused({ id, paused });
    if (!result.ok) failed(`${name} was not changed`, result.message);
    else toast({ title: paused ? `${name} is paused` : `${name} goes on` });
  }
  async function reveal({ id, name }: WebhookView) {
    const result = await actions.reveal(id);
    if (result.ok) onSecret(result.data);
    else failed(`The secret of ${name} can not be shown`, result.message);
  }
  async function confirm({ what, webhook: { id, name } }: Asked) {
    if (what === 'remove') {
      const result = await actions.remove(id);
      if (result.ok) toast({ title: `${name} was removed` });
      else failed(`${name} was not removed`, result.message);
      return result.ok;
    }
    const result = await actions.roll(id);
    if (result.ok) onSecret(result.data);
    else failed(`The secret of ${name} was not replaced`, result.message);
    return result.ok;
  }
  const rowActions = (webhook: WebhookView): WebhookRowActions => ({
    onTest: () => void test(webhook),
    onEdit: () => setEditing(webhook),
    onPause: () => void pause(webhook),
    onReveal: () => void reveal(webhook),
    onRoll: () => setAsked({ what: 'roll', webhook }),
    onRemove: () => setAsked({ what: 'remove', webhook }),
  });
  return (
    <>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeader>Webhook</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader className="max-md:hidden">Last delivered</TableHeader>
            <TableHeader numeric className="max-md:hidden">
              Waiting
            </TableHeader>
            <TableHeader>
              <span className="sr-only">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} actions={canEdit ? rowActions(webhook) : null} />
          ))}
        </TableBody>
      </Table>
      {edited && (
        <WebhookDialog
          key={edited.id}
          title={`Edit ${edited.name}`}
          webhook={edited}
          open={editing !== null}
          onOpenChange={(open) => !open && setEditing(null)}
          save={(values) => actions.update({ id: edited.id, ...values })}
          onSaved={() => setEditing(null)}
        />
      )}
      <Confirmation asked={asked} onClose={() => setAsked(null)} onConfirm={confirm} />
    </>
  );
}

interface ConfirmationProps {
  asked: Asked | null;
  onClose: () => void;
  onConfirm: (asked: Asked) => Promise<boolean>;
}

function Confirmation({ asked, onClose, onConfirm }: ConfirmationProps) {
  const shown = useLast(asked);
  if (!shown) return null;
  const removes = shown.what === 'remove';
  return (
    <ConfirmDialog
      open={asked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={removes ? `Remove ${shown.webhook.name}?` : `Replace the signing secret of ${shown.webhook.name}?`}
      description={
        removes
          ? 'Logs that wait to be sent there are dropped, and its history goes with it. The logs themselves stay.'
          : 'Messages are signed with the new one at once. A receiver that still checks with the old one refuses them.'
      }
      confirmLabel={removes ? 'Remove webhook' : 'Replace secret'}
      danger
      onConfirm={() => onConfirm(shown)}
    />
  );
}
