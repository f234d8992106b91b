import { type ParsedLog, SECONDS_MAX } from './schema';

const DAY_MS = 86_400_000;

type Timing =
  | { ok: true; startedAt: number; latencyMs: number | null; ttftMs: number | null; warnings: string[] }
  | { ok: false; field: 'timestamp' | 'start_time'; error: string };

/** When a logged call began and how long it took. Logs say seconds, and give its start, its end (`timestamp`) or both. */
export function readTiming(log: ParsedLog, now: number): Timing {
  for (const field of ['timestamp', 'start_time'] as const) {
    if ((log[field] ?? 0) > now + DAY_MS) return { ok: false, field, error: 'Must not be in the future.' };
  }
  const { start_time: start, timestamp: end } = log;
  const between = start !== null && end !== null ? end - start : null;
  const isUsable = between !== null && between >= 0 && between <= SECONDS_MAX * 1000;
  const latencyMs = toMs(log.latency) ?? (isUsable ? between : null);
  return {
    ok: true,
    startedAt: start ?? (end ?? now) - (latencyMs ?? 0),
    latencyMs,
    ttftMs: toMs(log.time_to_first_token),
    warnings: between !== null && between < 0 ? ['The timestamp, which is the end, is before the start_time.'] : [],
  };
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1000);
}
