'use client';

import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { RenameDialog } from '@/components/ui/rename-dialog';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { LocalTime, RelativeTime } from '@/components/ui/time';
import type { ApiKeyView } from '@/lib/keys/schema';
import type { KeyActions } from './key-actions';
import { EnvironmentBadge, KeyState } from './key-badges';

import { RevokeKeyDialog } from './revoke-key-dialog';

/** Columns that a narrow screen tells in fewer words under the name, or leaves to a wider one. */
const WIDE = 'max-md:hidden';

interface KeysTableProps {
  keys: readonly ApiKeyView[];
  canEdit: boolean;
  actions: KeyActions;
}

export function KeysTable({ keys, canEdit, actions }: KeysTableProps) {
  const [renaming, setRenaming] = useState<ApiKeyView | null>(null);
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
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
  onRevoke: (() => void) | null;
}

function KeyRow({ apiKey, onRename, onRevoke }: KeyRowProps) {
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
        {onRename && <KeyMenu name={apiKey.name} onRename={onRename} onRevoke={onRevoke} />}
      </TableCell>
    </TableRow>
  );
}

function Never() {
  return <span className="text-muted-foreground">Never</span>;
}

function KeyMenu({ name, onRename, onRevoke }: { name: string; onRename: () => void; onRevoke: (() => void) | null }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`}>
          <MoreHorizontal aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={onRename}>Rename</DropdownMenuItem>
        {onRevoke && (
          <DropdownMenuItem danger onSelect={onRevoke}>
            Revoke
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
