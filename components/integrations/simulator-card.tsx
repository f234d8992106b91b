'use client';

import { FlaskConical } from 'lucide-react';
import { useTransition } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import type { Integrations } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';

interface SimulatorCardProps {
  simulator: Integrations['simulator'];
  /** There are real keys, so the simulator answers nothing. */
  overshadowed: boolean;
  canEdit: boolean;
  actions: Pick<IntegrationActions, 'connectSimulator' | 'remove'>;
}

export function SimulatorCard({ simulator, overshadowed, canEdit, actions }: SimulatorCardProps) {
  const { key } = simulator;
  return (
    <Card aria-label="Simulator">
      <CardHeader
        className="pb-3"
        title={
          <span className="flex flex-wrap items-center gap-2 pb-1">
            <FlaskConical className="size-4 text-muted-foreground" aria-hidden />
            Simulator
            {key ? (
              <Badge tone={overshadowed || !simulator.available ? 'neutral' : 'success'}>
                {overshadowed || !simulator.available ? 'Connected, not in use' : 'Connected'}
              </Badge>
            ) : (
              <Badge>Not connected</Badge>
            )}
          </span>
        }
        description="No key, no cost, simulated answers: for trying everything before you have a key."
        actions={canEdit && (key ? <Disconnect id={key.id} remove={actions.remove} /> : <Connect {...actions} />)}
      />
      <CardFooter>{explanation(simulator, overshadowed)}</CardFooter>
    </Card>
  );
}

function explanation({ available, key }: Integrations['simulator'], overshadowed: boolean): string {
  if (!available) return 'This installation no longer runs the simulator. Start it with SIMULATOR=on to use it again.';
  if (overshadowed) return 'Your Anthropic keys answer all requests; the simulator would only answer without them.';
  if (key)
    return 'It answers the requests of this organization. They are logged as simulated, in the test environment.';
  return 'Its requests are logged as simulated, in the test environment. The cost shown is what the model would have cost; nobody is charged.';
}

function Connect({ connectSimulator }: Pick<IntegrationActions, 'connectSimulator'>) {
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const connect = () =>
    startTransition(async () => {
      const result = await connectSimulator();
      if (!result.ok) toast({ tone: 'danger', title: 'The simulator was not connected', description: result.message });
    });
  return (
    <Button onClick={connect} pending={pending}>
      Connect simulator
    </Button>
  );
}

function Disconnect({ id, remove }: { id: string; remove: IntegrationActions['remove'] }) {
  const toast = useToast();
  async function confirm() {
    const result = await remove(id);
    if (!result.ok) toast({ tone: 'danger', title: 'The simulator was not disconnected', description: result.message });
    return result.ok;
  }
  return (
    <ConfirmDialog
      trigger={<Button>Disconnect</Button>}
      title="Disconnect the simulator?"
      description="Requests are no longer answered by it; without an Anthropic key they are refused. You can connect it again at any time."
      confirmLabel="Disconnect"
      onConfirm={confirm}
    />
  );
}
