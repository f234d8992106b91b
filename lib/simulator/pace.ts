import { setTimeout as sleep } from 'node:timers/promises';

export interface PaceTimes {
  readonly firstByteMs: number;
  readonly betweenDeltasMs: number;
}

/** `natural` is for people, `instant` for tests and measurements. */
export type Pace = 'natural' | 'instant' | PaceTimes;

export function paceTimes(pace: Pace): PaceTimes {
  if (pace === 'natural') return { firstByteMs: 250, betweenDeltasMs: 25 };
  if (pace === 'instant') return { firstByteMs: 0, betweenDeltasMs: 0 };
  return pace;
}

/** Longest delay that a timer can hold; a pause without end is as long, and ends with its signal. */
const FOREVER_MS = 2 ** 31 - 1;

/** @throws AbortError when the signal fires first; null waits for that alone. */
export async function pause(ms: number | null, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms === 0) return;
  await sleep(ms === null ? FOREVER_MS : Math.min(ms, FOREVER_MS), undefined, { signal });
}
