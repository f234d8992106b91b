'use client';

import { FlaskConical } from 'lucide-react';
import { useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PasswordInput } from '@/components/ui/password-input';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import { StepCard } from './step-card';
import type { WelcomeActions } from './welcome-actions';

interface ProviderStepProps {
  current: number;
  credential: IntegrationKeyView | null;
  simulatorAvailable: boolean;
  actions: Pick<WelcomeActions, 'connect' | 'connectSimulator'>;
  onConnected: (key: IntegrationKeyView) => void;
}

export function ProviderStep({ current, credential, simulatorAvailable, actions, onConnected }: ProviderStepProps) {
  return (
    <StepCard
      index={1}
      current={current}
      title="Connect a provider"
      result={credential && <Connected credential={credential} />}
    >
      {current === 1 && (
        <ProviderChoice simulatorAvailable={simulatorAvailable} actions={actions} onConnected={onConnected} />
      )}
    </StepCard>
  );
}

function Connected({ credential }: { credential: IntegrationKeyView }) {
  if (credential.simulated) return 'Simulator: answers are simulated';
  return (
    <>
      Anthropic, <span className="figures text-xs">…{credential.lastFour}</span>
    </>
  );
}

type ChoiceProps = Pick<ProviderStepProps, 'simulatorAvailable' | 'actions' | 'onConnected'>;

function ProviderChoice({ simulatorAvailable, actions, onConnected }: ChoiceProps) {
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [connecting, startConnecting] = useTransition();
  const [choosing, startChoosing] = useTransition();
  const settle = (result: ActionResult<IntegrationKeyView>) => {
    if (result.ok) onConnected(result.data);
    else setRefusal(result);
  };
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          startConnecting(async () => settle(await actions.connect({ provider: 'anthropic', secret })));
        }}
      >
        <Field
          label="Anthropic API key"
          hint="Checked by a real call that costs nothing, then stored encrypted."
          error={refusal?.fields.secret}
        >
          <PasswordInput
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
            placeholder="sk-ant-…"
            autoComplete="off"
            className="font-mono"
          />
        </Field>
        {refusal && !refusal.fields.secret && <Notice tone="danger">{refusal.message}</Notice>}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={connecting}
          disabled={choosing}
          className="self-start max-md:self-stretch"
        >
          Verify and connect
        </Button>
      </form>
      {simulatorAvailable && (
        <SimulatorOffer
          pending={choosing}
          disabled={connecting}
          onChoose={() => startChoosing(async () => settle(await actions.connectSimulator()))}
        />
      )}
    </div>
  );
}

function SimulatorOffer({ onChoose, ...state }: { onChoose: () => void; pending: boolean; disabled: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-dashed p-3">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
          <FlaskConical className="size-4 text-muted-foreground" aria-hidden />
          Simulator <Badge>Simulated answers</Badge>
        </p>
        <p className="mt-0.5 text-muted-foreground text-sm">
          No key, no cost. It speaks the Anthropic API from inside this installation.
        </p>
      </div>
      <Button size="lg" onClick={onChoose} {...state}>
        Use the simulator
      </Button>
    </div>
  );
}
