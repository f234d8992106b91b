'use client';

import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import { type LogRow, logPage } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Money } from '../ui/figures';
import { getJson } from '../ui/get-json';
import { Notice } from '../ui/notice';
import { Sheet, SheetContent, SheetTrigger } from '../ui/sheet';
import { Skeleton } from '../ui/skeleton';
import { TextLink } from '../ui/text-link';
import { LocalTime } from '../ui/time';

interface HistorySheetProps {
  keyId: string;
  onOpen: (logId: string) => Promise<void>;
}

/** A person's own runs of the last month, to be opened again. */
export function HistorySheet({ keyId, onOpen }: HistorySheetProps) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const query = `key=${keyId}&environment=test&range=30d`;
  const { data, error } = useQuery({
    queryKey: ['playground-history', keyId],
    queryFn: ({ signal }) => getJson(`/api/dashboard/logs?${query}`, logPage, signal),
    enabled: open,
    staleTime: 0,
  });

  async function choose(logId: string) {
    try {
      await onOpen(logId);
      setProblem(null);
      setOpen(false);
    } catch (reason) {
      setProblem(reason instanceof Error ? reason.message : 'The log could not be opened.');
    }
  }

  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button>
          <History aria-hidden />
          History
        </Button>
      </SheetTrigger>
      <SheetContent title="Your runs">
        <div className="flex flex-col gap-3 p-4">
          {(problem ?? error) && <Notice tone="danger">{problem ?? error?.message}</Notice>}
          {!data && !error && <Skeleton className="h-40 w-full" />}
          {data?.rows.length === 0 && (
            <EmptyState title="No runs yet">What you run in the playground is listed here for a month.</EmptyState>
          )}
          {data && data.rows.length > 0 && (
            <>
              <ul className="divide-y rounded-lg border">
                {data.rows.map((row) => (
                  <li key={row.id}>
                    <PastRun row={row} onOpen={() => void choose(row.id)} />
                  </li>
                ))}
              </ul>
              <TextLink href={`/logs?${query}`} className="self-start text-sm">
                See them among the logs
              </TextLink>
            </>
          )}
        </div>
      </SheetContent>
    </Sheet>
  );
}

function PastRun({ row, onOpen }: { row: LogRow; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full flex-col gap-0.5 px-3 py-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="w-full truncate">{row.promptPreview ?? 'No text'}</span>
      <span className="flex w-full flex-wrap items-center gap-x-3 text-muted-foreground text-xs">
        <LocalTime at={new Date(row.startedAt)} className="figures" />
        <span>{row.model}</span>
        <Money nanoUsd={row.costNanoUsd} precise />
        {row.status !== 'success' && <span className="text-danger">{STATUS_WORDS[row.status]}</span>}
      </span>
    </button>
  );
}

const STATUS_WORDS = { error: 'Failed', aborted: 'Stopped', interrupted: 'Interrupted' } as const;
