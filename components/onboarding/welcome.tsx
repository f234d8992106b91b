'use client';

import { useEffect, useRef, useState } from 'react';
import { ConnectMcp } from '@/components/snippets/connect-mcp';
import { SAMPLE_MODEL, SAMPLE_PROMPT } from '@/components/snippets/snippets';
import { Steps } from '@/components/ui/steps';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { CreatedKey } from '@/lib/keys/schema';
import { KeyStep } from './key-step';
import { LivePanel } from './live-panel';
import { ProviderStep } from './provider-step';
import { RequestStep } from './request-step';
import { useArrivedLog, useSentLog } from './use-first-log';
import { useFirstRequest } from './use-first-request';
import type { WelcomeActions, WelcomeStart } from './welcome-actions';

const FIRST_MESSAGE = { url: '/api/anthropic/v1/messages', model: SAMPLE_MODEL, prompt: SAMPLE_PROMPT };

interface WelcomeProps {
  start: WelcomeStart;
  origin: string;
  actions: WelcomeActions;
}

/** Key, provider, first request: one page, one step open at a time, and beside it what happens. */
export function Welcome({ start, origin, actions }: WelcomeProps) {
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const [anotherKey, setAnotherKey] = useState(false);
  const [connected, setConnected] = useState<IntegrationKeyView | null>(null);
  const [knownLog] = useState(start.log);
  const { request, send } = useFirstRequest();

  const credential = connected ?? start.credential;
  const needsKey = !created && (!start.key || anotherKey);
  const sentLog = useSentLog(request.logId);
  const arrivedLog = useArrivedLog(knownLog?.id ?? null, request.phase === 'idle' && knownLog?.status !== 'success');
  const log = sentLog ?? (request.phase === 'idle' ? (arrivedLog ?? knownLog) : null);
  const done = log?.status === 'success';
  const current = needsKey ? 0 : !credential ? 1 : done ? 3 : 2;
  useFinish(done, actions.finish);

  const secret = created?.secret ?? null;
  return (
    <div className="mx-auto w-full max-w-[1180px] px-6 py-8 max-md:px-4 max-md:py-6">
      <h1 className="font-medium text-xl tracking-[-0.01em]">Welcome to Respan</h1>
      <p className="mt-1 max-w-[70ch] text-base text-muted-foreground">
        Three steps to your first logged request. It takes about a minute.
      </p>
      <Steps steps={['API key', 'Provider', 'First request']} current={current} className="mt-5" />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <KeyStep
            current={current}
            existing={start.key}
            created={created}
            open={needsKey}
            createKey={actions.createKey}
            onCreated={setCreated}
          />
          <ProviderStep
            current={current}
            credential={credential}
            simulatorAvailable={start.simulatorAvailable}
            actions={actions}
            onConnected={setConnected}
          />
          <RequestStep
            current={current}
            phase={request.phase}
            logged={log !== null}
            onSend={secret ? () => send({ ...FIRST_MESSAGE, apiKey: secret }) : null}
            onAnotherKey={() => setAnotherKey(true)}
          />
        </div>
        <LivePanel
          origin={origin}
          apiKey={secret}
          hasKey={start.key !== null}
          request={request}
          log={log}
          ready={current >= 2}
        />
      </div>
      <ConnectMcp title="Connect your editor to the documentation" origin={origin} />
    </div>
  );
}

/** Once is enough, and a failure only means that the wizard stays on offer. */
function useFinish(done: boolean, finish: WelcomeActions['finish']): void {
  const finished = useRef(false);
  useEffect(() => {
    if (!done || finished.current) return;
    finished.current = true;
    void finish();
  }, [done, finish]);
}
