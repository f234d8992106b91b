import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import {
  addSums,
  cacheHitRateOf,
  errorsOf,
  NO_SUMS,
  promptTokensOf,
  type Sums,
  sums,
  sumsRow,
  tokensPerSecondOf,
} from './columns';
import { type Durations, durationsIn, noDurations } from './histograms';
import type { Figures } from './schema';
import { type Rows, rollupsOver, type Scope } from './scope';

const HOUR_MS = 3_600_000;

/** The figures of what was found, put together. */
export function figuresOf(found: readonly Sums[], durations: Iterable<Durations>): Figures {
  const total = found.reduce(addSums, NO_SUMS);
  const all = noDurations();
  for (const { latency, ttft } of durations) {
    all.latency.merge(latency);
    all.ttft.merge(ttft);
  }
  const [latencyP50Ms, latencyP90Ms, latencyP95Ms, latencyP99Ms] = all.latency.percentiles(0.5, 0.9, 0.95, 0.99);
  const [ttftP50Ms, ttftP90Ms, ttftP95Ms, ttftP99Ms] = all.ttft.percentiles(0.5, 0.9, 0.95, 0.99);
  return {
    requests: total.requests,
    simulatedRequests: total.simulatedRequests,
    unpricedRequests: total.unpricedRequests,
    errors: errorsOf(total),
    costNanoUsd: total.costNanoUsd,
    errorRate: total.requests === 0 ? null : errorsOf(total) / total.requests,
    ...{ latencyP50Ms, latencyP90Ms, latencyP95Ms, latencyP99Ms },
    ...{ ttftP50Ms, ttftP90Ms, ttftP95Ms, ttftP99Ms },
    tokensPerSecond: tokensPerSecondOf(total),
    cacheHitRate: cacheHitRateOf(total),
    cacheSavedNanoUsd: total.cacheSavedNanoUsd,
    savedByRetry: total.savedByRetry,
    savedByFallback: total.savedByFallback,
    inputTokens: promptTokensOf(total),
    uncachedInputTokens: total.uncachedInputTokens,
    cacheReadTokens: total.cacheReadTokens,
    cacheWriteTokens: total.cacheWriteTokens,
    outputTokens: total.outputTokens,
  };
}

/**
 * The figures of the same stretch before the window, to the minute. Null where it had no request, so that nothing is
 * compared with nothing.
 */
export async function previousFigures(ctx: Context, scope: Scope): Promise<Figures | null> {
  const parts = periodsBefore(ctx, scope);
  const found = await Promise.all(parts.map(sumsIn));
  if (found.flat().length === 0) return null;
  return figuresOf(found.flat(), await Promise.all(parts.map(durationsIn)));
}

/** Whole hours, and the minutes of the hour in which it ends: an hour more or less would look like a change. */
function periodsBefore(ctx: Context, scope: Scope): Rows[] {
  const { window } = scope;
  const { from, to } = window.previous;
  if (window.granularity === 'minute') return [rollupsOver(ctx, scope, null, window.previous)];
  const wholeHour = new Date(Math.floor(to.getTime() / HOUR_MS) * HOUR_MS);
  const minutes: Scope = { ...scope, window: { ...window, granularity: 'minute' } };
  return [
    rollupsOver(ctx, scope, null, { from, to: wholeHour }),
    rollupsOver(ctx, minutes, null, { from: wholeHour, to }),
  ];
}

function sumsIn({ from, where }: Rows): Promise<Sums[]> {
  return queryRows(sql`SELECT ${sums} FROM ${from} WHERE ${where} HAVING count(*) > 0`, sumsRow);
}
