'use client';

import { Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { PageBody, PageHeader } from '../ui/page-header';
import { CodeDialog } from './code-dialog';
import { HistorySheet } from './history-sheet';
import { InputColumn } from './input-column';
import { modelOf } from './models';
import { OutputColumn } from './output-column';
import type { PlaygroundProps } from './playground-props';
import type { Saved } from './storage';
import { UndoButtons } from './undo-buttons';
import { useWorkbench } from './use-workbench';

interface WorkbenchProps extends PlaygroundProps {
  initial: Saved;
  before: Saved | null;
  /** Why the log that was asked for is not here. */
  problem: string | null;
}

/** The playground: on the left what is asked, on the right what each model answers. */
export function Workbench({ models, owner, keyId, origin, canRun, initial, before, problem }: WorkbenchProps) {
  const bench = useWorkbench({ owner, models, initial, before });
  const toggle = bench.running ? bench.stop : bench.run;
  useRunKey(canRun && !bench.running ? bench.run : null);
  return (
    <>
      <PageHeader
        title="Playground"
        actions={
          <>
            <UndoButtons onUndo={bench.undo} onClear={bench.clear} />
            <HistorySheet keyId={keyId} onOpen={bench.open} />
            <CodeDialog
              draft={bench.draft}
              models={bench.draft.models.map((id) => modelOf(models, id))}
              origin={origin}
            />
            <Button
              variant={bench.running ? 'secondary' : 'primary'}
              onClick={toggle}
              disabled={!canRun}
              title={bench.running ? undefined : 'Run (⌘↵ or Ctrl ↵)'}
              className="min-w-20"
            >
              {bench.running ? <Square aria-hidden /> : <Play aria-hidden />}
              {bench.running ? 'Stop' : 'Run'}
            </Button>
          </>
        }
      />
      <PageBody>
        {problem && (
          <Notice tone="danger" title="The log could not be opened">
            {problem}
          </Notice>
        )}
        {!canRun && (
          <Notice tone="warning" title="Your role is viewer">
            You can open logs here and read them. To run them, ask an owner or admin for the role developer.
          </Notice>
        )}
        {bench.problems.length > 0 && (
          <Notice tone="danger" title="Not sent yet">
            <ul>
              {bench.problems.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </Notice>
        )}
        <div className="grid grid-cols-[minmax(0,5fr)_minmax(0,6fr)] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
          <InputColumn bench={bench} />
          <OutputColumn bench={bench} models={models} />
        </div>
      </PageBody>
    </>
  );
}

/** ⌘↵ and Ctrl ↵ run from anywhere on the page. */
function useRunKey(run: (() => void) | null) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      latest.current?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
