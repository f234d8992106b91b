import type { Metadata } from 'next';
import { publicOrigin } from '@/app/origin';
import { IntegrationsPage } from '@/components/integrations/integrations-page';
import { pageContext } from '@/lib/auth/guards';
import { listIntegrations } from '@/lib/integrations/queries';
import { usageToday } from '@/lib/logs/credential-usage';
import {
  addCustomProviderAction,
  connectKeyAction,
  connectSimulatorAction,
  editCustomProviderAction,
  removeCustomProviderAction,
  removeKeyAction,
  renameKeyAction,
  replaceKeyAction,
  setWeightAction,
  verifyKeyAction,
} from './actions';

export const metadata: Metadata = { title: 'Integrations' };

export default async function Page() {
  const ctx = await pageContext();
  const [integrations, origin] = await Promise.all([listIntegrations(ctx), publicOrigin()]);
  const keyIds = integrations.providers.flatMap(({ keys }) => keys.map(({ id }) => id));
  const usage = await usageToday(ctx, keyIds);
  return (
    <IntegrationsPage
      integrations={integrations}
      usage={usage}
      origin={origin}
      canEdit={ctx.role !== 'viewer'}
      actions={{
        connect: connectKeyAction,
        connectSimulator: connectSimulatorAction,
        replace: replaceKeyAction,
        rename: renameKeyAction,
        setWeight: setWeightAction,
        verify: verifyKeyAction,
        remove: removeKeyAction,
        addProvider: addCustomProviderAction,
        editProvider: editCustomProviderAction,
        removeProvider: removeCustomProviderAction,
      }}
    />
  );
}
