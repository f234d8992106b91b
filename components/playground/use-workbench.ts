'use client';

import { useEffect, useRef, useState } from 'react';
import type { PlaygroundModel } from '@/lib/playground/schema';
import { type Draft, type DraftMessage, emptyDraft, MAX_MODELS, newMessage } from './draft';
import { firstModel, modelOf } from './models';
import { openLog } from './open-log';
import { problemsOf } from './request';
import { isRunning, NO_RUN } from './run';
import { type Saved, save } from './storage';
import { useRuns } from './use-runs';

const SAVE_AFTER_MS = 300;
const STEPS_BACK = 20;

interface WorkbenchOptions {
  owner: string;
  models: readonly PlaygroundModel[];
  initial: Saved;
  /** What stood here before a log was opened. */
  before: Saved | null;
}

/** What stands in the playground, how it changes, and its runs. All of it is kept in this browser. */
export function useWorkbench({ owner, models, initial, before }: WorkbenchOptions) {
  const [draft, setDraft] = useState(initial.draft);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [past, setPast] = useState<readonly Saved[]>(before ? [before] : []);
  const { runs, setRuns, start, stop, running } = useRuns(initial.runs);

  const latest = useRef<Saved>(initial);
  latest.current = { draft, runs };
  // While an answer streams in it changes with every event: what it has become is kept at the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is saved is read when it is.
  useEffect(() => {
    if (running) return;
    const timer = setTimeout(() => void save(owner, latest.current), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [owner, draft, runs, running]);
  useEffect(() => {
    const keep = () => void save(owner, latest.current);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [owner]);

  function change(patch: Partial<Draft>) {
    setProblems([]);
    setDraft((current) => ({ ...current, ...patch }));
  }

  /** For a change that takes something away: it can be undone. */
  function replace(next: Saved) {
    setPast((steps) => [...steps.slice(1 - STEPS_BACK), latest.current]);
    show(next);
  }

  function show(next: Saved) {
    stop();
    setProblems([]);
    setDraft(next.draft);
    setRuns(next.runs);
  }

  return {
    draft,
    runs,
    running,
    problems,
    change,
    stop,
    run() {
      const found = problemsOf(draft);
      setProblems(found);
      if (found.length === 0)
        start(
          draft,
          draft.models.map((id) => modelOf(models, id)),
        );
    },
    undo:
      past.length === 0
        ? null
        : () => {
            const last = past.at(-1);
            setPast(past.slice(0, -1));
            if (last) show(last);
          },
    clear() {
      replace({ draft: emptyDraft(draft.models[0] ?? firstModel(models)), runs: [NO_RUN] });
    },
    /** @throws Error whose message may be shown */
    async open(logId: string) {
      replace(await openLog(logId, draft.models[0] ?? firstModel(models)));
    },
    /** The conversation up to a turn, to go on from there. */
    fork(messageId: string) {
      const end = draft.messages.findIndex(({ id }) => id === messageId);
      const messages = draft.messages.slice(0, end + 1);
      const next = messages.at(-1)?.role === 'assistant' ? [...messages, newMessage('user')] : messages;
      replace({ draft: { ...draft, messages: next }, runs: runs.map(() => NO_RUN) });
    },
    remove(messageId: string) {
      replace({ draft: { ...draft, messages: draft.messages.filter(({ id }) => id !== messageId) }, runs });
    },
    /** Takes an answer into the conversation, with room for what comes next: the results of its calls, or a message. */
    goOn(place: number) {
      const blocks = runs[place]?.blocks ?? [];
      const results = blocks.flatMap((block): DraftMessage['blocks'] =>
        block.type === 'tool_use'
          ? [{ type: 'tool_result', toolUseId: block.id, text: '', failed: false, cache: null }]
          : [],
      );
      const next = results.length > 0 ? newMessage('user', results) : newMessage('user');
      const messages = [...draft.messages, newMessage('assistant', [...blocks]), next];
      replace({ draft: { ...draft, messages }, runs: runs.map(() => NO_RUN) });
      return next.id;
    },
    addModel:
      draft.models.length >= MAX_MODELS
        ? null
        : () => {
            const unused = models.find(({ id }) => !draft.models.includes(id));
            change({ models: [...draft.models, unused?.id ?? firstModel(models)] });
            setRuns((all) => [...all, NO_RUN]);
          },
    removeModel(place: number) {
      const without = <T>(list: readonly T[]) => list.filter((_, index) => index !== place);
      if (runs[place] && isRunning(runs[place])) stop();
      change({ models: without(draft.models) });
      setRuns(without);
    },
    chooseModel(place: number, model: string) {
      change({ models: draft.models.map((id, index) => (index === place ? model : id)) });
    },
  };
}

export type WorkbenchState = ReturnType<typeof useWorkbench>;
