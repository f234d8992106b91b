'use client';

import { useSyncExternalStore } from 'react';
import { type DateStyle, formatDate, formatRelative } from '@/lib/format';
import { cn } from './cn';

const TICK_MS = 15_000;

/** "3 min ago", kept current, with the exact time on hover. */
export function RelativeTime({ at, className }: { at: Date | string; className?: string }) {
  const date = new Date(at);
  const now = useSyncExternalStore(subscribeToClock, currentTick, () => null);
  const exact = now === null ? formatDate(date, 'exact', 'UTC') : formatDate(date, 'exact');
  return (
    // A request and its hydration may fall into two minutes; the clock corrects it right after.
    <time
      dateTime={date.toISOString()}
      title={exact}
      className={cn('whitespace-nowrap', className)}
      suppressHydrationWarning
    >
      {formatRelative(date, new Date())}
    </time>
  );
}

/** A time in the reader's zone. The server doesn't know it, so its place is kept and the text appears on arrival. */
export function LocalTime({
  at,
  style = 'datetime',
  className,
}: {
  at: Date | string;
  style?: DateStyle;
  className?: string;
}) {
  const date = new Date(at);
  const arrived = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  const zone = arrived ? undefined : 'UTC';
  return (
    <time
      dateTime={date.toISOString()}
      title={formatDate(date, 'exact', zone)}
      className={cn('whitespace-nowrap tabular-nums', !arrived && 'invisible', className)}
    >
      {formatDate(date, style, zone)}
    </time>
  );
}

function currentTick(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}

function subscribeToClock(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

function subscribeToNothing(): () => void {
  return () => {};
}
