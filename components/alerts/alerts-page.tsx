'use client';

import { BellRing, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import type { AlertEventView, AlertView } from '@/lib/alerts/schema';
import type { AlertActions, AlertChoices } from './alert-actions';
import { AlertDialog } from './alert-dialog';
import { AlertsTable } from './alerts-table';
import { HistoryCard } from './history-card';

interface AlertsPageProps {
  alerts: readonly AlertView[];
  events: readonly AlertEventView[];
  choices: AlertChoices;
  canEdit: boolean;
  actions: AlertActions;
}

export function AlertsPage({ alerts, events, choices, canEdit, actions }: AlertsPageProps) {
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create alert
    </Button>
  );
  return (
    <>
      <PageHeader title="Alerts" actions={canEdit && create} />
      <PageBody className="max-w-[1100px]">
        {!canEdit && (
          <Notice>Your role is viewer: you see the alerts, and owners, admins and developers change them.</Notice>
        )}
        <Card>
          {alerts.length === 0 ? (
            <EmptyState icon={BellRing} title="Alerts will be listed here" action={canEdit && create}>
              An alert watches cost, errors, latency or volume twice a minute, and tells you by{' '}
              {choices.canEmail ? 'email, ' : ''}Slack or a webhook when it is out of bounds, and when that is over.
            </EmptyState>
          ) : (
            <AlertsTable alerts={alerts} choices={choices} canEdit={canEdit} actions={actions} />
          )}
        </Card>
        {(alerts.length > 0 || events.length > 0) && <HistoryCard events={events} />}
      </PageBody>
      <AlertDialog
        title="Create alert"
        alert={null}
        choices={choices}
        open={creating}
        onOpenChange={setCreating}
        save={actions.create}
      />
    </>
  );
}
