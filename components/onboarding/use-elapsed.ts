'use client';

import { useEffect, useState } from 'react';

const TICK_MS = 100;

/** Milliseconds since a moment of performance.now(), kept current while something runs. Null before the first tick. */
export function useElapsedMs(startedAtMs: number, running: boolean): number | null {
  const [nowMs, setNowMs] = useState<number | null>(null);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);
  return nowMs === null || !running ? null : Math.max(0, nowMs - startedAtMs);
}
