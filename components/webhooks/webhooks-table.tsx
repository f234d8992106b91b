'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RemoveDialog } from '@/components/ui/remove-dialog';
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

export function WebhooksTable({ webhooks, canEdit, actions, onSecret }: WebhooksTableProps) {
  const [editing, setEditing] = useState<WebhookView | null>(null);
  const [removing, setRemoving] = useState<WebhookView | null>(null);
  const [rolling, setRolling] = useState<WebhookView | null>(null);
  const edited = useLast(editing);
  const rolled = useLast(rolling);
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
  async function roll({ id, name }: WebhookView) {
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
    onRoll: () => setRolling(webhook),
    onRemove: () => setRemoving(webhook),
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
      <RemoveDialog
        kind="webhook"
        subject={removing}
        describe={() =>
          'Logs that wait to be sent there are dropped, and its history goes with it. The logs themselves stay.'
        }
        onClose={() => setRemoving(null)}
        remove={actions.remove}
      />
      {rolled && (
        <ConfirmDialog
          open={rolling !== null}
          onOpenChange={(open) => !open && setRolling(null)}
          title={`Replace the signing secret of ${rolled.name}?`}
          description="Messages are signed with the new one at once. A receiver that still checks with the old one refuses them."
          confirmLabel="Replace secret"
          danger
          onConfirm={() => roll(rolled)}
        />
      )}
    </>
  );
}
