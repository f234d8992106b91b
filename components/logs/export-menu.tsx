'use client';

import { Download } from 'lucide-react';
import { formatCount } from '@/lib/format';
import type { LogFilters } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover';
import { Progress } from '../ui/progress';
import { type ExportState, useExport } from './use-export';

/** The logs of the page as a file. */
export function ExportMenu({ filters }: { filters: LogFilters }) {
  const { state, start, cancel } = useExport(filters);
  const running = state.at === 'running';
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="text-muted-foreground">
          <Download aria-hidden />
          {running ? `Exporting ${formatCount(state.rows)}` : 'Export'}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="flex w-72 flex-col gap-3" aria-label="Export">
        <p className="text-muted-foreground text-xs">Every log that the filters let through, newest first.</p>
        {running ? (
          <>
            <Running state={state} />
            <Button size="sm" onClick={cancel} className="self-end">
              Cancel
            </Button>
          </>
        ) : (
          <div className="flex gap-2">
            <Button size="sm" onClick={() => start('csv')}>
              CSV
            </Button>
            <Button size="sm" onClick={() => start('jsonl')}>
              JSON lines
            </Button>
          </div>
        )}
        <p role="status" className="text-xs empty:hidden">
          {state.at === 'done' && `Saved ${formatCount(state.rows)} ${state.rows === 1 ? 'log' : 'logs'}.`}
          {state.at === 'failed' && <span className="text-danger">{state.message}</span>}
        </p>
      </PopoverContent>
    </Popover>
  );
}

function Running({ state }: { state: Extract<ExportState, { at: 'running' }> }) {
  return (
    <div className="flex flex-col gap-1">
      {state.of !== null && <Progress label="Logs exported" value={state.rows} max={state.of} />}
      <p className="figures text-xs">
        {formatCount(state.rows)}
        {state.of !== null && ` of ${formatCount(state.of)}`} logs
      </p>
    </div>
  );
}
