'use client';

import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { formatRate } from '@/lib/format';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';
import { type Change, KeyDialogs } from './key-dialogs';
import { KeyMenu } from './key-menu';
import { useVerify } from './use-verify';

interface KeysTableProps {
  keys: readonly IntegrationKeyView[];
  /** How the provider's keys begin. */
  keyBegins: string;
  canEdit: boolean;
  actions: IntegrationActions;
}

export function KeysTable({ keys, keyBegins, canEdit, actions }: KeysTableProps) {
  const [change, setChange] = useState<Change | null>(null);
  const [verifying, verify] = useVerify(actions.verify);
  const total = keys.reduce((sum, key) => sum + key.weight, 0);
  return (
    <>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeader>Name</TableHeader>
            <TableHeader className="max-md:hidden">Key</TableHeader>
            <TableHeader>Verified</TableHeader>
            <TableHeader numeric>Weight</TableHeader>
            <TableHeader>
              <span className="sr-only">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <TableRow key={key.id} className={cn(key.weight === 0 && 'text-muted-foreground')}>
              <TableCell className="max-w-64 truncate font-medium max-md:max-w-28 max-md:py-2" title={key.name}>
                {key.name}
                <span className="figures block font-normal text-muted-foreground text-xs md:hidden">
                  …{key.lastFour}
                </span>
              </TableCell>
              <TableCell className="figures text-xs max-md:hidden">…{key.lastFour}</TableCell>
              <TableCell>
                <Verified at={key.verifiedAt} />
              </TableCell>
              <TableCell numeric>
                <Weight weight={key.weight} total={total} />
              </TableCell>
              <TableCell className="text-right">
                {canEdit && (
                  <KeyMenu
                    apiKey={key}
                    verifying={verifying === key.id}
                    onVerify={() => verify(key)}
                    onChange={(kind) => setChange({ kind, apiKey: key })}
                  />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <KeyDialogs change={change} keyBegins={keyBegins} onClose={() => setChange(null)} actions={actions} />
    </>
  );
}

function Verified({ at }: { at: Date | null }) {
  return at ? <RelativeTime at={at} /> : <Badge tone="warning">Refused when last asked</Badge>;
}

function Weight({ weight, total }: { weight: number; total: number }) {
  if (weight === 0) return <span title="Takes no requests">0, paused</span>;
  return (
    <span title={`${formatRate(weight / total)} of the requests`}>
      {weight}
      {weight < total && <span className="text-muted-foreground"> · {formatRate(weight / total)}</span>}
    </span>
  );
}
