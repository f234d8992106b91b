'use client';

import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { SecretDialog } from '@/components/ui/secret-dialog';
import type { AttemptView, WebhookView } from '@/lib/webhooks/schema';
import { AttemptsCard } from './attempts-card';
import { HowToVerify } from './how-to-verify';
import type { WebhookActions } from './webhook-actions';
import { WebhookDialog } from './webhook-dialog';
import { WebhooksTable } from './webhooks-table';

interface WebhooksPageProps {
  webhooks: readonly WebhookView[];
  attempts: readonly AttemptView[];
  canEdit: boolean;
  actions: WebhookActions;
}

export function WebhooksPage({ webhooks, attempts, canEdit, actions }: WebhooksPageProps) {
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create webhook
    </Button>
  );
  return (
    <>
      <PageHeader title="Webhooks" actions={canEdit && create} />
      <PageBody className="max-w-[1100px]">
        {!canEdit && (
          <Notice>Your role is viewer: you see the webhooks, and owners, admins and developers change them.</Notice>
        )}
        <Card>
          {webhooks.length === 0 ? (
            <EmptyState icon={Webhook} title="Webhooks will be listed here" action={canEdit && create}>
              A webhook receives every new log as signed JSON, a second or two after it was written.
            </EmptyState>
          ) : (
            <WebhooksTable webhooks={webhooks} canEdit={canEdit} actions={actions} onSecret={setSecret} />
          )}
        </Card>
        {webhooks.length > 0 && <AttemptsCard attempts={attempts} />}
        <HowToVerify />
      </PageBody>
      <WebhookDialog
        title="Create webhook"
        webhook={null}
        open={creating}
        onOpenChange={setCreating}
        save={actions.create}
        onSaved={(created) => {
          setCreating(false);
          setSecret(created.secret);
        }}
      />
      <SecretDialog
        title="Signing secret"
        description="Every message is signed with it. Editors of this organization can show it again."
        secret={secret}
        onClose={() => setSecret(null)}
      />
    </>
  );
}
