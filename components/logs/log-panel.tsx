'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect } from 'react';
import { logView } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { getJson } from '../ui/get-json';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { CurlButton } from './curl-button';
import { LogBadges } from './log-badges';
import { LogDetailView } from './log-detail';
import { ShareMenu } from './share-menu';

interface LogPanelProps {
  id: string;
  /** Its neighbours in the list, where they are known. */
  newer: string | null;
  older: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}

function logQuery(id: string) {
  return {
    queryKey: ['log', id],
    queryFn: ({ signal }: { signal: AbortSignal }) => getJson(`/api/dashboard/logs/${id}`, logView, signal),
    staleTime: 30_000,
  };
}

/** One log beside the list. The list stays as it is and can be used. */
export function LogPanel({ id, newer, older, onOpen, onClose }: LogPanelProps) {
  const client = useQueryClient();
  const { data, error, isPlaceholderData } = useQuery({ ...logQuery(id), placeholderData: keepPreviousData });
  // The next press of a key finds its log here already.
  useEffect(() => {
    for (const neighbour of [older, newer]) if (neighbour) void client.prefetchQuery(logQuery(neighbour));
  }, [client, older, newer]);
  return (
    <aside
      aria-label="Log"
      className="fixed inset-y-0 right-0 z-30 flex w-full max-w-[560px] animate-fade-in flex-col border-l bg-background shadow-float max-md:z-40"
    >
      <header className="flex h-14 shrink-0 items-center gap-1 border-b px-4">
        <h2 className="mr-auto min-w-0 truncate font-medium text-lg">
          {data?.log.model ?? (data ? 'No model' : 'Log')}
        </h2>
        <Step label="Newer log (K)" id={newer} onOpen={onOpen}>
          <ChevronUp aria-hidden />
        </Step>
        <Step label="Older log (J)" id={older} onOpen={onOpen}>
          <ChevronDown aria-hidden />
        </Step>
        <Button asChild variant="ghost" size="icon-sm">
          <Link href={`/logs/${id}`} prefetch={false} aria-label="Open on its own page" title="Open on its own page">
            <Maximize2 aria-hidden />
          </Link>
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label="Close the log" title="Close (Esc)" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </header>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={cn(
          'flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4 transition-opacity',
          isPlaceholderData && 'opacity-60',
        )}
      >
        {error && !isPlaceholderData && (
          <Notice tone="danger" title="This log could not be loaded">
            {error.message}
          </Notice>
        )}
        {!data && !error && <PanelSkeleton />}
        {data && (
          <>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <LogBadges log={data.log} />
              <span className="flex gap-2">
                <CurlButton log={data.log} />
                <ShareMenu key={data.log.id} logId={data.log.id} />
              </span>
            </div>
            <LogDetailView {...data} compact />
          </>
        )}
      </div>
    </aside>
  );
}

interface StepProps {
  label: string;
  id: string | null;
  onOpen: (id: string) => void;
  children: ReactNode;
}

function Step({ label, id, onOpen, children }: StepProps) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      title={label}
      disabled={!id}
      onClick={() => id && onOpen(id)}
    >
      {children}
    </Button>
  );
}

function PanelSkeleton() {
  return (
    <div className="flex flex-col gap-4" aria-busy="true">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-60 w-full" />
    </div>
  );
}
