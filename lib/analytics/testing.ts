/** Rollups for tests, written as the log writer does. */
import { pool } from '@/lib/db/client';
import { binOf } from '@/lib/gateway/histogram';
import type { AttemptFacts, Counter, LogFacts } from '@/lib/logs/rollup-facts';
import { nothing } from '@/lib/logs/rollup-measures';
import { rollUp } from '@/lib/logs/rollups';
import { addToRollups } from '@/lib/logs/rollups-write';

export const NO_KEY = '00000000-0000-0000-0000-000000000000';

export interface Sample {
  at: string;
  organizationId?: string;
  environment?: 'production' | 'test';
  provider?: string;
  model?: string;
  apiKeyId?: string;
  customer?: string;
  outcome?: string;
  attempts?: AttemptFacts[];
  requests?: number;
  costNanoUsd?: bigint;
  cacheSavedNanoUsd?: bigint;
  counts?: Partial<Record<Counter, number>>;
  latenciesMs?: number[];
  ttftsMs?: number[];
}

/** Writes what logs would add to the rollups, through what the log writer uses. */
export async function writeRollups(organizationId: string, ...samples: Sample[]): Promise<void> {
  const facts = samples.flatMap(({ at, requests = 1, counts, latenciesMs = [], ttftsMs = [], ...sample }) =>
    Array.from({ length: Math.max(requests, latenciesMs.length) }, (_, index): LogFacts => {
      const minuteAt = Math.floor(Date.parse(at) / 60_000) * 60_000;
      const latencyMs = latenciesMs[index];
      const ttftMs = ttftsMs[index];
      // What a sample adds beside its requests counts once.
      const first = index === 0 ? counts : undefined;
      return {
        ...{ organizationId, environment: 'production', provider: 'anthropic' },
        ...{ model: 'claude-opus-5-5', apiKeyId: NO_KEY, customer: '', outcome: 'ok/200', attempts: [] },
        ...sample,
        costNanoUsd: index === 0 ? (sample.costNanoUsd ?? 0n) : 0n,
        cacheSavedNanoUsd: index === 0 ? (sample.cacheSavedNanoUsd ?? 0n) : 0n,
        minuteAt,
        counts: { ...nothing().counts, requests: 1, ...first },
        latencyBin: latencyMs === undefined ? null : binOf(latencyMs),
        ttftBin: ttftMs === undefined ? null : binOf(ttftMs),
      };
    }),
  );
  await addToRollups(rollUp(facts), pool());
}
