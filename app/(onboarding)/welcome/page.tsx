import type { Metadata } from 'next';
import { createKeyAction } from '@/app/(dashboard)/settings/api-keys/actions';
import { connectKeyAction, connectSimulatorAction } from '@/app/(dashboard)/settings/integrations/actions';
import { publicOrigin } from '@/app/origin';
import { Welcome } from '@/components/onboarding/welcome';
import { pageContext } from '@/lib/auth/guards';
import { listIntegrations } from '@/lib/integrations/queries';
import { listKeys } from '@/lib/keys/queries';
import { findFirstLog } from '../first-log';
import { finishWelcomeAction } from './actions';

export const metadata: Metadata = { title: 'Welcome' };

export default async function Page() {
  const ctx = await pageContext();
  const [keys, integrations, log, origin] = await Promise.all([
    listKeys(ctx),
    listIntegrations(ctx),
    findFirstLog(ctx),
    publicOrigin(),
  ]);
  return (
    <Welcome
      start={{
        key: keys.find((key) => key.state === 'active') ?? null,
        // The first call is one to Claude, whose provider the simulator can stand in for.
        credential:
          integrations.providers.find(({ id }) => id === integrations.simulator.provider)?.keys[0] ??
          integrations.simulator.key,
        simulatorAvailable: integrations.simulator.available,
        log,
      }}
      origin={origin}
      actions={{
        createKey: createKeyAction,
        connect: connectKeyAction,
        connectSimulator: connectSimulatorAction,
        finish: finishWelcomeAction,
      }}
    />
  );
}
