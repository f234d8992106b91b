import { SnippetTabs } from '@/components/snippets/snippet-tabs';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import type { Integrations, KeyUsage } from '@/lib/integrations/schema';
import { AddCustomProvider } from './custom-provider-dialog';
import type { IntegrationActions } from './integration-actions';
import { ProviderCard } from './provider-card';
import { SimulatorCard } from './simulator-card';

interface IntegrationsPageProps {
  integrations: Integrations;
  /** Of today, by key id. */
  usage: Readonly<Record<string, KeyUsage>>;
  origin: string;
  canEdit: boolean;
  actions: IntegrationActions;
}

export function IntegrationsPage({ integrations, usage, origin, canEdit, actions }: IntegrationsPageProps) {
  const { providers, simulator } = integrations;
  const connected = providers.some(({ keys }) => keys.length > 0);
  // The simulator stands in for one provider: the keys of the others leave it alone.
  const overshadowed = providers.some(({ id, keys }) => id === simulator.provider && keys.length > 0);
  return (
    <>
      <PageHeader title="Integrations" />
      <PageBody className="max-w-[960px]">
        {!canEdit && (
          <Notice>Your role is viewer: you see what is connected, and owners, admins and developers change it.</Notice>
        )}
        {providers.map((provider) => (
          <ProviderCard
            key={provider.id}
            provider={provider}
            usage={usage}
            simulated={provider.id === simulator.provider && simulator.available && simulator.key !== null}
            primary={!connected && provider.id === simulator.provider}
            canEdit={canEdit}
            actions={actions}
          />
        ))}
        {(simulator.available || simulator.key) && (
          <SimulatorCard simulator={simulator} overshadowed={overshadowed} canEdit={canEdit} actions={actions} />
        )}
        {canEdit && <AddCustomProvider add={actions.addProvider} />}
        <Card>
          <CardHeader
            title="How to call it"
            description="Keep the SDK you use. Change its base URL, and give it a Respan key instead of the provider's."
          />
          <CardBody>
            <SnippetTabs origin={origin} />
          </CardBody>
        </Card>
      </PageBody>
    </>
  );
}
