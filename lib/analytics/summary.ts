import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { percentile } from '@/lib/gateway/histogram';
import { cacheHitRateOf, countColumn, promptTokensOf, type Sums, sums, sumsRow } from './columns';
import { unnestedBins } from './latency-over-time';
import type { Figures } from './schema';
import { rollupsIn, type Scope } from './scope';

/**
 * The figures of the window and of the same stretch before it. `previous` is null where that stretch had no request,
 * so that nothing is compared with nothing.
 */
export async function summary(ctx: Context, scope: Scope): Promise<{ current: Figures; previous: Figures | null }> {
  const [current, previous] = await Promise.all([
    figuresOf(ctx, scope, scope.window),
    figuresOf(ctx, scope, scope.window.previous),
  ]);
  return { current: current ?? NO_FIGURES, previous };
}

async function figuresOf(ctx: Context, scope: Scope, period: { from: Date; to: Date }): Promise<Figures | null> {
  const within = rollupsIn(ctx, scope, period);
  const [[total], bins] = await Promise.all([
    queryRows(sql`SELECT ${sums} FROM "Rollup" WHERE ${within} HAVING count(*) > 0`, sumsRow),
    queryRows(
      sql`SELECT bins."kind", bins."bin", sum(bins."count") AS "count"
          FROM "Rollup" ${unnestedBins} WHERE ${within} GROUP BY 1, 2`,
      binRow,
    ),
  ]);
  return total ? figures(total, bins) : null;
}

const binRow = z.object({ kind: z.enum(['latency', 'ttft']), bin: z.number().int(), count: countColumn });

function figures(total: Sums, bins: readonly z.infer<typeof binRow>[]): Figures {
  const latency = bins.filter((bin) => bin.kind === 'latency');
  const ttft = bins.filter((bin) => bin.kind === 'ttft');
  const errors =
    total.callerErrors + total.providerErrors + total.rateLimited + total.limitErrors + total.gatewayErrors;
  return {
    requests: total.requests,
    simulatedRequests: total.simulatedRequests,
    unpricedRequests: total.unpricedRequests,
    errors,
    costNanoUsd: total.costNanoUsd,
    errorRate: total.requests === 0 ? null : errors / total.requests,
    latencyP50Ms: percentile(latency, 0.5),
    latencyP95Ms: percentile(latency, 0.95),
    ttftP50Ms: percentile(ttft, 0.5),
    cacheHitRate: cacheHitRateOf(total),
    inputTokens: promptTokensOf(total),
    outputTokens: total.outputTokens,
  };
}

const NO_FIGURES: Figures = {
  requests: 0,
  simulatedRequests: 0,
  unpricedRequests: 0,
  errors: 0,
  costNanoUsd: '0',
  errorRate: null,
  latencyP50Ms: null,
  latencyP95Ms: null,
  ttftP50Ms: null,
  cacheHitRate: null,
  inputTokens: 0,
  outputTokens: 0,
};
