'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Duration, Money, Tokens } from '@/components/ui/figures';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { FirstLog } from './first-log';
import { useElapsedMs } from './use-elapsed';
import type { FirstRequest } from './use-first-request';

interface LiveAnswerProps {
  request: FirstRequest;
  log: FirstLog | null;
  ready: boolean;
}

export function LiveAnswer({ request, log, ready }: LiveAnswerProps) {
  if (request.phase === 'idle' && !log) return <Waiting ready={ready} />;
  const failure =
    request.failure ??
    (log && log.status !== 'success' ? (log.errorMessage ?? `It ended with ${log.statusCode}.`) : null);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex min-h-5 flex-wrap items-center gap-2" aria-live="polite">
        <h3 className="font-medium text-sm">{title(request, failure !== null)}</h3>
        {log?.simulated && (
          <Badge tone="accent" icon={null}>
            Simulated
          </Badge>
        )}
      </div>
      {failure ? (
        <Notice tone="danger">{failure}</Notice>
      ) : (
        <p className="min-h-11 max-w-[70ch] whitespace-pre-wrap break-words text-base">
          {request.phase === 'idle' ? log?.replyPreview : request.text || <Thinking phase={request.phase} />}
        </p>
      )}
      <Figures request={request} log={log} />
      {log && <NextSteps log={log} />}
    </div>
  );
}

function NextSteps({ log }: { log: FirstLog }) {
  const succeeded = log.status === 'success';
  return (
    <div className="flex flex-wrap gap-2">
      <Button asChild size="lg" variant={succeeded ? 'primary' : 'secondary'}>
        <Link href={`/logs/${log.id}`}>
          Open its log
          <ArrowRight aria-hidden />
        </Link>
      </Button>
      {succeeded && (
        <Button asChild size="lg">
          <Link href="/dashboard">Go to the dashboard</Link>
        </Button>
      )}
    </div>
  );
}

function title(request: FirstRequest, failed: boolean): string {
  if (failed) return 'The request ended with an error';
  if (request.phase === 'idle') return 'A request arrived';
  return request.phase === 'finished' ? 'Answered' : 'Answering';
}

function Thinking({ phase }: { phase: FirstRequest['phase'] }) {
  return (
    <span className="text-muted-foreground">{phase === 'sending' ? 'Sent. Waiting for the answer' : 'Thinking'}</span>
  );
}

function Waiting({ ready }: { ready: boolean }) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-3 text-center text-muted-foreground text-sm">
      <span className="relative flex size-2">
        <span
          className={cn('absolute inset-0 rounded-full', ready ? 'animate-pulse-soft bg-accent' : 'bg-border-strong')}
        />
      </span>
      {ready ? 'Waiting for your first request' : 'Your first request will appear here'}
    </div>
  );
}

/** Live figures from this page's own clock, replaced by the log's as soon as it is written. */
function Figures({ request, log }: { request: FirstRequest; log: FirstLog | null }) {
  const running = request.phase === 'sending' || request.phase === 'streaming';
  const elapsedMs = useElapsedMs(request.startedAtMs, running);
  const settled = log !== null || request.phase === 'failed';
  return (
    <dl className="grid grid-cols-4 gap-3 max-sm:grid-cols-2">
      <Figure label="First token">
        <Duration ms={log?.ttftMs ?? request.ttftMs} />
      </Figure>
      <Figure label="Latency">
        <Duration ms={log?.latencyMs ?? request.latencyMs ?? elapsedMs} />
      </Figure>
      <Figure label="Tokens, in and out">
        {settled ? (
          <>
            <Tokens value={log?.promptTokens} /> → <Tokens value={log?.outputTokens} />
          </>
        ) : (
          <Skeleton className="h-4 w-16" />
        )}
      </Figure>
      <Figure label={log?.simulated ? 'Cost, not charged' : 'Cost'}>
        {settled ? <Money nanoUsd={log?.costNanoUsd} precise /> : <Skeleton className="h-4 w-16" />}
      </Figure>
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-muted-foreground text-xs">{label}</dt>
      <dd className="mt-0.5 flex h-6 items-center gap-1 text-base">{children}</dd>
    </div>
  );
}
