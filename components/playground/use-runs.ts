'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlaygroundModel } from '@/lib/playground/schema';
import type { Draft } from './draft';
import { bodyFor } from './request';
import { isRunning, NO_RUN, type Run } from './run';
import { type RunProgress, streamRun } from './stream-run';

/** The runs of the models beside each other, by their place. */
export function useRuns(initial: readonly Run[]) {
  const [runs, setRuns] = useState(initial);
  const stopping = useRef<AbortController>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  const change = useCallback((place: number, next: (run: Run) => Run) => {
    setRuns((all) => all.map((run, index) => (index === place ? next(run) : run)));
  }, []);

  function start(draft: Draft, models: readonly PlaygroundModel[]) {
    stopping.current?.abort();
    const controller = new AbortController();
    stopping.current = controller;
    const startedAtMs = performance.now();
    setRuns(models.map(() => ({ ...NO_RUN, phase: 'sending', startedAtMs })));
    models.forEach(async (model, place) => {
      for await (const progress of streamRun(model, bodyFor(draft, model), controller.signal)) {
        if (controller.signal.aborted) return;
        const atMs = performance.now();
        change(place, (run) => advanced(run, progress, atMs));
      }
    });
  }

  function stop() {
    stopping.current?.abort();
    const atMs = performance.now();
    setRuns((all) =>
      all.map((run) => (isRunning(run) ? { ...run, phase: 'stopped', latencyMs: atMs - run.startedAtMs } : run)),
    );
  }

  return { runs, setRuns, start, stop, running: runs.some(isRunning) };
}

function advanced(run: Run, { logId, answer }: RunProgress, atMs: number): Run {
  const elapsedMs = atMs - run.startedAtMs;
  const phase = answer.failure !== null ? 'failed' : answer.complete ? 'finished' : 'streaming';
  return {
    ...run,
    phase,
    logId,
    blocks: [...answer.blocks],
    stopReason: answer.stopReason,
    failure: answer.failure,
    ttftMs: run.ttftMs ?? (answer.blocks.length > 0 ? elapsedMs : null),
    latencyMs: answer.complete ? elapsedMs : null,
  };
}
