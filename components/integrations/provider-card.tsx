'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import type { ConnectedProvider, IntegrationKeyView, KeyUsage } from '@/lib/integrations/schema';
import { AddKeyDialog } from './add-key-dialog';
import { CustomFacts, CustomMenu } from './custom-provider';
import type { IntegrationActions } from './integration-actions';
import { KeysTable } from './keys-table';

interface ProviderCardProps {
  provider: ConnectedProvider;
  /** Of today, by key id. */
  usage: Readonly<Record<string, KeyUsage>>;
  /** The simulator answers while there is no key. */
  simulated: boolean;
  /** Connecting it is the next thing to do: nothing else is connected. */
  primary: boolean;
  canEdit: boolean;
  actions: IntegrationActions;
}

export function ProviderCard({ provider, usage, simulated, primary, canEdit, actions }: ProviderCardProps) {
  const [adding, setAdding] = useState(false);
  const { name, serves, custom, keys } = provider;
  return (
    <Card aria-label={name}>
      <CardHeader
        className="pb-3"
        title={
          <span className="flex flex-wrap items-center gap-2 pb-1">
            {name}
            <ConnectionState keys={keys} />
          </span>
        }
        description={custom ? <CustomFacts custom={custom} serves={serves} /> : serves}
        actions={
          canEdit && (
            <div className="flex items-center gap-1">
              <Button variant={primary && keys.length === 0 ? 'primary' : 'secondary'} onClick={() => setAdding(true)}>
                <Plus aria-hidden />
                Add key
              </Button>
              {custom && <CustomMenu custom={custom} actions={actions} />}
            </div>
          )
        }
      />
      {keys.length > 0 ? (
        <div className="border-t">
          <KeysTable keys={keys} usage={usage} keyBegins={provider.keyBegins} canEdit={canEdit} actions={actions} />
          <CardFooter>
            {keys.length > 1 && 'Requests are spread over the keys by weight, and a failing key is tried last. '}
            Days begin at midnight UTC.
          </CardFooter>
        </div>
      ) : (
        <CardFooter>
          {simulated
            ? 'No key yet. The simulator answers until there is one.'
            : `No key yet. Until there is one, only requests that bring their own ${name} key are sent on.`}
        </CardFooter>
      )}
      <AddKeyDialog provider={provider} open={adding} onOpenChange={setAdding} connect={actions.connect} />
    </Card>
  );
}

function ConnectionState({ keys }: { keys: readonly IntegrationKeyView[] }) {
  if (keys.length === 0) return <Badge>Not connected</Badge>;
  const failing = keys.filter((key) => key.failing).length;
  if (failing > 0) return <Badge tone="danger">{failing === 1 ? '1 key failing' : `${failing} keys failing`}</Badge>;
  const refused = keys.filter((key) => key.verifiedAt === null).length;
  if (refused > 0) return <Badge tone="warning">{refused === 1 ? '1 key refused' : `${refused} keys refused`}</Badge>;
  return <Badge tone="success">{keys.length === 1 ? 'Connected' : `Connected, ${keys.length} keys`}</Badge>;
}
