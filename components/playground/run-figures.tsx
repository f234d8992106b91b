'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { logDetail } from '@/lib/logs/schema';
import { Duration, Money, Tokens } from '../ui/figures';
import { getJson } from '../ui/get-json';
import { Skeleton } from '../ui/skeleton';
import { isRunning, type Run } from './run';

/** A log is written in batches, a fraction of a second after its answer. */
const WRITTEN_SOON_MS = 300;

const answerSchema = z.object({
  log: logDetail
    .pick({ simulated: true, promptTokens: true, outputTokens: true, costNanoUsd: true, latencyMs: true, ttftMs: true })
    .nullable(),
});

/** What a run took: from this page's own clock, then from its log as soon as it is written. */
export function RunFigures({ run }: { run: Run }) {
  const running = isRunning(run);
  const { logId } = run;
  const { data } = useQuery({
    queryKey: ['playground-log', logId],
    queryFn: ({ signal }) => getJson(`/api/dashboard/first-log?id=${logId}`, answerSchema, signal),
    enabled: logId !== null && !running,
    refetchInterval: (query) => (query.state.data?.log ? false : WRITTEN_SOON_MS),
  });
  const log = data?.log ?? null;
  const ttftMs = log?.ttftMs ?? run.ttftMs;
  const latencyMs = log?.latencyMs ?? run.latencyMs;
  // A run that was refused before it had a log has no figures to wait for.
  const pending = running || (logId !== null && !log);
  const settled = (value: ReactNode) => (pending ? <Skeleton className="h-4 w-14" /> : value);
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(92px,1fr))] gap-x-3 gap-y-2">
      <Figure label={log?.simulated ? 'Cost, simulated' : 'Cost'}>
        {settled(<Money nanoUsd={log?.costNanoUsd} precise />)}
      </Figure>
      <Figure label="First token">
        <Duration ms={ttftMs} />
      </Figure>
      <Figure label="Latency">
        <Duration ms={latencyMs} />
      </Figure>
      <Figure label="Speed">
        {settled(<span className="figures">{speed(log?.outputTokens, ttftMs, latencyMs)}</span>)}
      </Figure>
      <Figure label="Tokens, in and out">
        {settled(
          <>
            <Tokens value={log?.promptTokens} /> → <Tokens value={log?.outputTokens} />
          </>,
        )}
      </Figure>
    </dl>
  );
}

/** Output tokens a second, from the first content on. */
function speed(tokens: number | null | undefined, ttftMs: number | null, latencyMs: number | null): string {
  const streamedMs = (latencyMs ?? 0) - (ttftMs ?? 0);
  return tokens && latencyMs !== null && streamedMs > 0 ? `${Math.round((tokens * 1000) / streamedMs)} tok/s` : '—';
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-muted-foreground text-xs">{label}</dt>
      <dd className="mt-0.5 flex h-5 items-center gap-1 whitespace-nowrap text-sm">{children}</dd>
    </div>
  );
}
