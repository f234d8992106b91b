import type { Metadata } from 'next';
import { AlertsPage } from '@/components/alerts/alerts-page';
import { canSendEmail, listAlertEvents, listAlerts } from '@/lib/alerts/queries';
import { pageContext } from '@/lib/auth/guards';
import { listIntegrations } from '@/lib/integrations/queries';
import { listKeys } from '@/lib/keys/queries';
import { listModels } from '@/lib/models/queries';
import {
  createAlertAction,
  removeAlertAction,
  revealAlertSecretAction,
  setAlertEnabledAction,
  testAlertAction,
  updateAlertAction,
} from './actions';

export const metadata: Metadata = { title: 'Alerts' };

export default async function Page() {
  const ctx = await pageContext();
  const [alerts, events, models, { providers }, keys] = await Promise.all([
    listAlerts(ctx),
    listAlertEvents(ctx),
    listModels(ctx),
    listIntegrations(ctx),
    listKeys(ctx),
  ]);
  return (
    <AlertsPage
      alerts={alerts}
      events={events}
      choices={{
        models: [...new Set(models.map(({ model_name }) => model_name))],
        providers: providers.map(({ id, name }) => ({ id, name })),
        keys: keys.map(({ id, name }) => ({ id, name })),
        canEmail: canSendEmail(),
      }}
      canEdit={ctx.role !== 'viewer'}
      actions={{
        create: createAlertAction,
        update: updateAlertAction,
        setEnabled: setAlertEnabledAction,
        remove: removeAlertAction,
        test: testAlertAction,
        reveal: revealAlertSecretAction,
      }}
    />
  );
}
