'use client';

import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Count, Money } from '@/components/ui/figures';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { formatCount, formatRate } from '@/lib/format';
import type { IntegrationKeyView, KeyUsage } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';
import { type Change, KeyDialogs } from './key-dialogs';
import { KeyHealth } from './key-health';
import { KeyMenu } from './key-menu';
import { useVerify } from './use-verify';

/** Columns for which a narrow screen has no room. */
const WIDE = 'max-md:hidden';

interface KeysTableProps {
  keys: readonly IntegrationKeyView[];
  /** Of today, by key id; a key that was not used has none. */
  usage: Readonly<Record<string, KeyUsage>>;
  /** How the provider's keys begin. */
  keyBegins: string;
  canEdit: boolean;
  actions: IntegrationActions;
}

export function KeysTable({ keys, usage, keyBegins, canEdit, actions }: KeysTableProps) {
  const [change, setChange] = useState<Change | null>(null);
  const [verifying, verify] = useVerify(actions.verify);
  const total = keys.reduce((sum, key) => sum + key.weight, 0);
  return (
    <>
      <Table>
        <TableHead>
          <TableRow>
            <TableHeader>Name</TableHeader>
            <TableHeader className={WIDE}>Key</TableHeader>
            <TableHeader>Health</TableHeader>
            <TableHeader numeric className={WIDE}>
              Requests today
            </TableHeader>
            <TableHeader numeric className={WIDE}>
              Cost today
            </TableHeader>
            <TableHeader numeric className={WIDE}>
              Weight
            </TableHeader>
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
                  {key.weight === 0 && ', paused'}
                </span>
              </TableCell>
              <TableCell className={cn(WIDE, 'figures text-xs')}>…{key.lastFour}</TableCell>
              <TableCell className="whitespace-nowrap">
                <KeyHealth apiKey={key} />
                <span className="block text-muted-foreground text-xs md:hidden">
                  <Count value={usage[key.id]?.requests ?? 0} /> requests, <Cost usage={usage[key.id]} /> today
                </span>
              </TableCell>
              <TableCell numeric className={WIDE}>
                <Count value={usage[key.id]?.requests ?? 0} />
              </TableCell>
              <TableCell numeric className={WIDE}>
                <Cost usage={usage[key.id]} />
              </TableCell>
              <TableCell numeric className={WIDE}>
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

function Cost({ usage }: { usage: KeyUsage | undefined }) {
  if (!usage) return <Money nanoUsd="0" />;
  const { requests, costNanoUsd, unpriced } = usage;
  if (unpriced === 0) return <Money nanoUsd={costNanoUsd} />;
  const reason = `The price of ${formatCount(unpriced)} of ${formatCount(requests)} requests is not known.`;
  return (
    <span title={reason}>
      {BigInt(costNanoUsd) === 0n ? '—' : <Money nanoUsd={costNanoUsd} />}
      <span className="text-muted-foreground"> +?</span>
    </span>
  );
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
