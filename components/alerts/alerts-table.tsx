'use client';

import { useState } from 'react';
import { RemoveDialog } from '@/components/ui/remove-dialog';
import { SecretDialog } from '@/components/ui/secret-dialog';
import { Table, TableBody, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { useToast } from '@/components/ui/toast';
import { useLast } from '@/components/ui/use-last';
import type { AlertView, Delivery } from '@/lib/alerts/schema';
import type { AlertActions, AlertChoices } from './alert-actions';
import { AlertDialog } from './alert-dialog';
import { AlertRow } from './alert-row';

interface AlertsTableProps {
  alerts: readonly AlertView[];
  choices: AlertChoices;
  canEdit: boolean;
  actions: AlertActions;
}

export function AlertsTable({ alerts, choices, canEdit, actions }: AlertsTableProps) {
  const [editing, setEditing] = useState<AlertView | null>(null);
  const [removing, setRemoving] = useState<AlertView | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const edited = useLast(editing);
  const toast = useToast();
  const failed = (title: string, description: string) => toast({ tone: 'danger', title, description });
  async function test({ id, name }: AlertView) {
    const result = await actions.test(id);
    if (!result.ok) return failed(`${name} was not tested`, result.message);
    const problems = result.data.flatMap((delivery) => problemOf(delivery) ?? []);
    if (problems.length > 0) failed('The test did not reach everyone', problems.join(' '));
    else toast({ title: 'The test was sent', description: result.data.map(({ to }) => to).join(', ') });
  }
  async function toggle({ id, name, enabled }: AlertView) {
    const result = await actions.setEnabled({ id, enabled: !enabled });
    if (!result.ok) failed(`${name} was not changed`, result.message);
    else toast({ title: enabled ? `${name} is off` : `${name} is on` });
  }
  async function reveal({ id, name }: AlertView) {
    const result = await actions.reveal(id);
    if (result.ok) setSecret(result.data);
    else failed(`The secret of ${name} can not be shown`, result.message);
  }
  const rowActions = (alert: AlertView) => ({
    onTest: () => void test(alert),
    onEdit: () => setEditing(alert),
    onToggle: () => void toggle(alert),
    onReveal: () => void reveal(alert),
    onRemove: () => setRemoving(alert),
  });
  return (
    <>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeader>Alert</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader className="max-md:hidden">Now</TableHeader>
            <TableHeader className="max-md:hidden">Tells</TableHeader>
            <TableHeader>
              <span className="sr-only">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} keys={choices.keys} actions={canEdit ? rowActions(alert) : null} />
          ))}
        </TableBody>
      </Table>
      {edited && (
        <AlertDialog
          key={edited.id}
          title={`Edit ${edited.name}`}
          alert={edited}
          choices={choices}
          open={editing !== null}
          onOpenChange={(open) => !open && setEditing(null)}
          save={(values) => actions.update({ id: edited.id, ...values })}
        />
      )}
      <RemoveDialog
        kind="alert"
        subject={removing}
        describe={() => 'Its history goes with it. Nobody is told.'}
        onClose={() => setRemoving(null)}
        remove={actions.remove}
      />
      <SecretDialog
        title="Signing secret"
        description="x-respan-signature is the hexadecimal HMAC-SHA256 of the body under this secret."
        secret={secret}
        onClose={() => setSecret(null)}
      />
    </>
  );
}

function problemOf({ to, error }: Delivery): string | null {
  return error === null ? null : `${to}: ${error}`;
}
