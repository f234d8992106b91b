import type { LogDetail } from './schema';

/** Output tokens a second while the answer was being written; null where that is not known. */
export function tokensPerSecond(log: Pick<LogDetail, 'latencyMs' | 'ttftMs' | 'outputTokens'>): number | null {
  const { latencyMs, ttftMs, outputTokens } = log;
  if (latencyMs === null || ttftMs === null || !outputTokens || latencyMs <= ttftMs) return null;
  return (outputTokens / (latencyMs - ttftMs)) * 1000;
}

/** A stretch of a request's time. */
export interface Phase {
  readonly name: 'gateway' | 'retries' | 'waiting' | 'streaming';
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Where a request's time went, in order and without gaps: in the gateway before the first call, in attempts that did not
 * succeed and the waits between them, waiting for the first content, and streaming it. Empty where the latency is not known.
 */
export function phasesOf(log: Pick<LogDetail, 'latencyMs' | 'ttftMs' | 'payload'>): Phase[] {
  if (log.latencyMs === null) return [];
  const end = log.latencyMs;
  const starts = log.payload?.attempts?.map(({ startedAfterMs }) => startedAfterMs) ?? [];
  const first = clamp(starts[0] ?? 0, end);
  const last = Math.max(first, clamp(starts.at(-1) ?? 0, end));
  const content = log.ttftMs === null ? end : Math.max(last, clamp(log.ttftMs, end));
  const phases: Phase[] = [
    { name: 'gateway', fromMs: 0, toMs: first },
    { name: 'retries', fromMs: first, toMs: last },
    { name: 'waiting', fromMs: last, toMs: content },
    { name: 'streaming', fromMs: content, toMs: end },
  ];
  return phases.filter(({ fromMs, toMs }) => toMs > fromMs);
}

function clamp(value: number, end: number): number {
  return Math.min(Math.max(0, value), end);
}
