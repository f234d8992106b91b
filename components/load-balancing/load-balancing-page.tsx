'use client';

import { Plus, Scale } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import type { LoadBalanceGroupView } from '@/lib/load-balancing/schema';
import type { GroupActions } from './group-actions';
import { GroupDialog } from './group-dialog';
import { GroupsTable } from './groups-table';
import { HowToUse } from './how-to-use';

interface LoadBalancingPageProps {
  groups: readonly LoadBalanceGroupView[];
  /** Models to suggest; others can be entered too. */
  knownModels: readonly string[];
  origin: string;
  canEdit: boolean;
  actions: GroupActions;
}

export function LoadBalancingPage({ groups, knownModels, origin, canEdit, actions }: LoadBalancingPageProps) {
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create group
    </Button>
  );
  return (
    <>
      <PageHeader title="Load balancing" actions={canEdit && create} />
      <PageBody className="max-w-[960px]">
        {!canEdit && (
          <Notice>Your role is viewer: you see the groups, and owners, admins and developers change them.</Notice>
        )}
        <Card>
          {groups.length === 0 ? (
            <EmptyState icon={Scale} title="Load balance groups will be listed here" action={canEdit && create}>
              A group spreads requests over several models by weight. When one fails, the next of the group answers. A
              conversation stays with its model when its requests carry a thread_identifier.
            </EmptyState>
          ) : (
            <GroupsTable groups={groups} knownModels={knownModels} canEdit={canEdit} actions={actions} />
          )}
        </Card>
        <HowToUse origin={origin} groupId={groups[0]?.groupId ?? null} />
      </PageBody>
      <GroupDialog
        title="Create load balance group"
        group={null}
        open={creating}
        onOpenChange={setCreating}
        knownModels={knownModels}
        save={actions.create}
      />
    </>
  );
}
