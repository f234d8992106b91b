import { Send } from 'lucide-react';
import { SAMPLE_MODEL, SAMPLE_PROMPT } from '@/components/snippets/snippets';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { StepCard } from './step-card';
import type { FirstRequest } from './use-first-request';

interface RequestStepProps {
  current: number;
  phase: FirstRequest['phase'];
  /** Its log is written. */
  logged: boolean;
  /** Null when this page has no key to send with. */
  onSend: (() => void) | null;
  onAnotherKey: () => void;
}

export function RequestStep({ current, phase, logged, onSend, onAnotherKey }: RequestStepProps) {
  const busy = phase === 'sending' || phase === 'streaming' || (phase === 'finished' && !logged);
  return (
    <StepCard index={2} current={current} title="Send your first request" result="It arrived and is logged">
      {current === 2 && (
        <div className="flex flex-col gap-4">
          <p className="text-base text-muted-foreground">
            From here, or from your own terminal with the snippet on this page, which notices either.
          </p>
          <div className="rounded-md border bg-muted px-3 py-2 text-sm">
            <span className="figures text-muted-foreground text-xs">{SAMPLE_MODEL}</span>
            <p>{SAMPLE_PROMPT}</p>
          </div>
          {onSend ? (
            <Button
              variant="primary"
              size="lg"
              onClick={onSend}
              pending={busy}
              className="self-start max-md:self-stretch"
            >
              <Send aria-hidden />
              {phase === 'failed' ? 'Send again' : 'Send request'}
            </Button>
          ) : (
            <Notice
              action={
                <Button size="sm" onClick={onAnotherKey}>
                  Create another key
                </Button>
              }
            >
              Your key was shown once and is not kept here. Send from your terminal with it, or create another one.
            </Notice>
          )}
        </div>
      )}
    </StepCard>
  );
}
