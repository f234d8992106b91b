'use client';

import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { DropdownMenuItem, DropdownMenuSeparator } from '@/components/ui/dropdown-menu';
import { RemoveDialog } from '@/components/ui/remove-dialog';
import { RowMenu } from '@/components/ui/row-menu';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { useLast } from '@/components/ui/use-last';
import { formatRate } from '@/lib/format';
import type { LoadBalanceGroupView } from '@/lib/load-balancing/schema';
import type { GroupActions } from './group-actions';
import { GroupDialog } from './group-dialog';

interface GroupsTableProps {
  groups: readonly LoadBalanceGroupView[];
  knownModels: readonly string[];
  canEdit: boolean;
  actions: GroupActions;
}

export function GroupsTable({ groups, knownModels, canEdit, actions }: GroupsTableProps) {
  const [editing, setEditing] = useState<LoadBalanceGroupView | null>(null);
  const [removing, setRemoving] = useState<LoadBalanceGroupView | null>(null);
  const edited = useLast(editing);
  return (
    <>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeader>Name</TableHeader>
            <TableHeader className="max-md:hidden">Group id</TableHeader>
            <TableHeader>Models</TableHeader>
            <TableHeader>
              <span className="sr-only">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {groups.map((group) => (
            <TableRow key={group.id} className="align-top">
              <TableCell className="max-w-52 py-2 font-medium max-md:max-w-28" title={group.name}>
                <span className="block truncate">{group.name}</span>
                <GroupId groupId={group.groupId} className="md:hidden" />
              </TableCell>
              <TableCell className="max-w-56 max-md:hidden">
                <GroupId groupId={group.groupId} />
              </TableCell>
              <TableCell className="py-2">
                <Shares models={group.models} />
              </TableCell>
              <TableCell className="text-right">
                {canEdit && (
                  <GroupMenu name={group.name} onEdit={() => setEditing(group)} onRemove={() => setRemoving(group)} />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {edited && (
        <GroupDialog
          key={edited.id}
          title={`Edit ${edited.name}`}
          group={edited}
          open={editing !== null}
          onOpenChange={(open) => !open && setEditing(null)}
          knownModels={knownModels}
          save={(values) => actions.update({ id: edited.id, ...values })}
        />
      )}
      <RemoveDialog
        kind="group"
        subject={removing}
        describe={({ groupId }) => (
          <>
            Requests that name <span className="figures text-xs">{groupId}</span> then go to the model they name, with a
            warning on their logs.
          </>
        )}
        onClose={() => setRemoving(null)}
        remove={actions.remove}
      />
    </>
  );
}

function GroupId({ groupId, className = '' }: { groupId: string; className?: string }) {
  return (
    <span className={`flex min-w-0 items-center gap-1 ${className}`}>
      <span className="figures truncate font-normal text-muted-foreground text-xs" title={groupId}>
        {groupId}
      </span>
      <CopyButton value={groupId} label={`Copy the group id ${groupId}`} />
    </span>
  );
}

function Shares({ models }: Pick<LoadBalanceGroupView, 'models'>) {
  const total = models.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <ul className="flex flex-col gap-1">
      {models.map(({ model, weight }) => (
        <li key={model} className="flex items-baseline gap-2">
          <span className="figures w-10 shrink-0 text-right text-muted-foreground text-xs" title={`Weight ${weight}`}>
            {formatRate(weight / total)}
          </span>
          <span className="figures min-w-0 whitespace-normal break-all text-xs">{model}</span>
        </li>
      ))}
    </ul>
  );
}

function GroupMenu({ name, onEdit, onRemove }: { name: string; onEdit: () => void; onRemove: () => void }) {
  return (
    <RowMenu name={name}>
      <DropdownMenuItem onSelect={onEdit}>Edit</DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem danger onSelect={onRemove}>
        Remove
      </DropdownMenuItem>
    </RowMenu>
  );
}
