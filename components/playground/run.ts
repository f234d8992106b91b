import { z } from 'zod';
import { draftBlock } from './draft';

/** One model's answer to what stands in the playground, as far as it has come. Times are milliseconds of the browser's clock. */
export const runSchema = z.object({
  phase: z.enum(['idle', 'sending', 'streaming', 'finished', 'stopped', 'failed']),
  logId: z.string().nullable(),
  blocks: z.array(draftBlock),
  stopReason: z.string().nullable(),
  failure: z.string().nullable(),
  startedAtMs: z.number(),
  ttftMs: z.number().nullable(),
  latencyMs: z.number().nullable(),
});
export type Run = z.infer<typeof runSchema>;

export const NO_RUN: Run = {
  phase: 'idle',
  logId: null,
  blocks: [],
  stopReason: null,
  failure: null,
  startedAtMs: 0,
  ttftMs: null,
  latencyMs: null,
};

export function isRunning({ phase }: Pick<Run, 'phase'>): boolean {
  return phase === 'sending' || phase === 'streaming';
}

/** A run that this page was not there to see the end of. */
export function settled(run: Run): Run {
  return isRunning(run) ? { ...run, phase: 'stopped' } : run;
}
