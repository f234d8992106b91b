'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { emptyDraft } from './draft';
import { firstModel } from './models';
import { openLog } from './open-log';
import type { PlaygroundProps } from './playground-props';
import { PlaygroundSkeleton } from './playground-skeleton';
import { NO_RUN } from './run';
import { readSaved, type Saved } from './storage';
import { Workbench } from './workbench';

interface Start {
  readonly initial: Saved;
  readonly before: Saved | null;
  readonly problem: string | null;
}

/** What was here last, or the log that the address names. */
export function Playground(props: PlaygroundProps) {
  const { models, owner } = props;
  const logId = useSearchParams().get('log');
  const [start, setStart] = useState<Start | null>(null);

  useEffect(() => {
    if (start !== null && logId === null) return;
    let left = false;
    void startFrom(owner, logId, firstModel(models)).then((found) => {
      if (left) return;
      setStart(found);
      // From now on it is a draft: a reload brings back what was made of it.
      if (logId) window.history.replaceState(null, '', window.location.pathname);
    });
    return () => {
      left = true;
    };
  }, [owner, models, logId, start]);

  if (!start || logId) return <PlaygroundSkeleton />;
  return <Workbench {...props} {...start} />;
}

async function startFrom(owner: string, logId: string | null, model: string): Promise<Start> {
  const saved = await readSaved(owner);
  const initial = saved ?? { draft: emptyDraft(model), runs: [NO_RUN] };
  if (!logId) return { initial, before: null, problem: null };
  try {
    return { initial: await openLog(logId, model), before: saved, problem: null };
  } catch (error) {
    return { initial, before: null, problem: error instanceof Error ? error.message : 'The log could not be opened.' };
  }
}
