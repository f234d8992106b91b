'use client';

import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import { DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { RenameDialog } from '@/components/ui/rename-dialog';
import { RowMenu } from '@/components/ui/row-menu';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { LocalTime, RelativeTime } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import type { ApiKeyView } from '@/lib/keys/schema';
import type { KeyActions } from './key-actions';
import { EnvironmentBadge, KeyState } from './key-badges';

import { RevokeKeyDialog } from './revoke-key-dialog';

/** Columns that a narrow screen tells in fewer words under the name, or leaves to a wider one. */
const WIDE = 'max-md:hidden';

const HEDGING =
  'When a first byte is later than 95 % of its calls of that model, a second attempt is made. Both are billed.';

interface KeysTableProps {
  keys: readonly ApiKeyView[];
  canEdit: boolean;
  actions: KeyActions;
}

export function KeysTable({ keys, canEdit, actions }: KeysTableProps) {
  const [renaming, setRenaming] = useState<ApiKeyView | null>(null);
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
  const toast = useToast();
  async function toggleHedging({ id, name, hedges }: ApiKeyView) {
    const result = await actions.setHedging({ id, hedges: !hedges });
    if (!result.ok) toast({ tone: 'danger', title: `${name} was not changed`, description: result.message });
    else if (hedges) toast({ title: `${name}'s calls are no longer hedged` });
    else toast({ title: `${name}'s calls are hedged`, description: HEDGING });
  }
  return (
    <>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeader>Name</TableHeader>
            <TableHeader className={WIDE}>Key</TableHeader>
            <TableHeader className={WIDE}>Environment</TableHeader>
            <TableHeader className={WIDE}>Created by</TableHeader>
            <TableHeader className={WIDE}>Last used</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader>
              <span className="sr-only">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              onRename={canEdit ? () => setRenaming(key) : null}
              onHedge={canEdit && key.state === 'active' ? () => toggleHedging(key) : null}
              onRevoke={canEdit && key.state !== 'revoked' ? () => setRevoking(key) : null}
            />
          ))}
        </TableBody>
      </Table>
      <RenameDialog title="Rename key" subject={renaming} onClose={() => setRenaming(null)} rename={actions.rename} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} revoke={actions.revoke} />
    </>
  );
}

interface KeyRowProps {
  apiKey: ApiKeyView;
  onRename: (() => void) | null;
  onHedge: (() => void) | null;
  onRevoke: (() => void) | null;
}

function KeyRow({ apiKey, onRename, onHedge, onRevoke }: KeyRowProps) {
  return (
    <TableRow className={cn(apiKey.state !== 'active' && 'text-muted-foreground')}>
      <TableCell className="max-w-64 truncate font-medium max-md:max-w-36 max-md:py-2" title={apiKey.name}>
        {apiKey.name}
        <span className="block truncate font-normal text-muted-foreground text-xs md:hidden">
          <span className="figures">{apiKey.prefix}…</span> {apiKey.environment === 'test' && '· test'}
        </span>
      </TableCell>
      <TableCell className={cn(WIDE, 'figures text-xs')}>{apiKey.prefix}…</TableCell>
      <TableCell className={WIDE}>
        <EnvironmentBadge environment={apiKey.environment} />
      </TableCell>
      <TableCell className={cn(WIDE, 'whitespace-nowrap')}>
        {apiKey.createdBy ?? 'Set-up'},{' '}
        <LocalTime at={apiKey.createdAt} style="date" className="text-muted-foreground" />
      </TableCell>
      <TableCell className={WIDE}>{apiKey.lastUsedAt ? <RelativeTime at={apiKey.lastUsedAt} /> : <Never />}</TableCell>
      <TableCell>
        <KeyState apiKey={apiKey} />
      </TableCell>
      <TableCell className="text-right">
        {onRename && <KeyMenu apiKey={apiKey} onRename={onRename} onHedge={onHedge} onRevoke={onRevoke} />}
      </TableCell>
    </TableRow>
  );
}

function Never() {
  return <span className="text-muted-foreground">Never</span>;
}

type KeyMenuProps = KeyRowProps & { onRename: () => void };

function KeyMenu({ apiKey, onRename, onHedge, onRevoke }: KeyMenuProps) {
  return (
    <RowMenu name={apiKey.name}>
      <DropdownMenuItem onSelect={onRename}>Rename</DropdownMenuItem>
      {onHedge && (
        <DropdownMenuItem onSelect={onHedge}>{apiKey.hedges ? 'Stop hedging' : 'Hedge slow calls'}</DropdownMenuItem>
      )}
      {onRevoke && (
        <DropdownMenuItem danger onSelect={onRevoke}>
          Revoke
        </DropdownMenuItem>
      )}
    </RowMenu>
  );
}
