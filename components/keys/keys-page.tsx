'use client';

import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardFooter } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import type { ApiKeyView } from '@/lib/keys/schema';
import { CreateKeyDialog } from './create-key-dialog';
import type { KeyActions } from './key-actions';
import { KeysTable } from './keys-table';

interface KeysPageProps {
  keys: readonly ApiKeyView[];
  origin: string;
  canEdit: boolean;
  actions: KeyActions;
}

export function KeysPage({ keys, origin, canEdit, actions }: KeysPageProps) {
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create key
    </Button>
  );
  return (
    <>
      <PageHeader title="API keys" actions={canEdit && create} />
      <PageBody>
        {!canEdit && (
          <Notice>Your role is viewer: you see the keys, and owners, admins and developers change them.</Notice>
        )}
        <Card>
          {keys.length === 0 ? (
            <EmptyState icon={KeyRound} title="API keys will be listed here" action={canEdit && create}>
              A key lets an application or a person send requests through this gateway. Make one for each, so that logs
              and costs can be told apart.
            </EmptyState>
          ) : (
            <>
              <KeysTable keys={keys} canEdit={canEdit} actions={actions} />
              <CardFooter>{summary(keys)}</CardFooter>
            </>
          )}
        </Card>
      </PageBody>
      <CreateKeyDialog open={creating} onOpenChange={setCreating} origin={origin} create={actions.create} />
    </>
  );
}

function summary(keys: readonly ApiKeyView[]): string {
  const active = keys.filter((key) => key.state === 'active').length;
  return `${active} active of ${keys.length}. Only the part before the point is kept in the clear; the rest can't be shown again.`;
}
