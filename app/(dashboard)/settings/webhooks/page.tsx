import type { Metadata } from 'next';
import { WebhooksPage } from '@/components/webhooks/webhooks-page';
import { pageContext } from '@/lib/auth/guards';
import { listAttempts, listWebhooks } from '@/lib/webhooks/queries';
import {
  createWebhookAction,
  removeWebhookAction,
  revealWebhookSecretAction,
  rollWebhookSecretAction,
  setWebhookPausedAction,
  testWebhookAction,
  updateWebhookAction,
} from './actions';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function Page() {
  const ctx = await pageContext();
  const [webhooks, attempts] = await Promise.all([listWebhooks(ctx), listAttempts(ctx)]);
  return (
    <WebhooksPage
      webhooks={webhooks}
      attempts={attempts}
      canEdit={ctx.role !== 'viewer'}
      actions={{
        create: createWebhookAction,
        update: updateWebhookAction,
        setPaused: setWebhookPausedAction,
        remove: removeWebhookAction,
        test: testWebhookAction,
        reveal: revealWebhookSecretAction,
        roll: rollWebhookSecretAction,
      }}
    />
  );
}
