import type { LogFacts } from './rollup-facts';
import { add, type Granularity, inOrder, merge, nothing, type RollupRow, startOf } from './rollup-measures';
import { type AttemptRow, rollUpAttempts } from './rollups-attempts';
import { type CustomerRow, rollUpCustomers } from './rollups-customers';
import { type DimensionRow, rollUpDimensions } from './rollups-dimensions';

/** What a batch adds, each list in the order of its keys: writers that lock in the same order cannot deadlock. */
export interface Rollups {
  readonly combined: readonly RollupRow[];
  readonly dimensions: readonly DimensionRow[];
  readonly customers: readonly CustomerRow[];
  readonly attempts: readonly AttemptRow[];
}

export function rollUp(logs: readonly LogFacts[]): Rollups {
  const combined = rollUpCombined(logs);
  return {
    combined,
    dimensions: rollUpDimensions(logs, combined),
    customers: rollUpCustomers(logs),
    attempts: rollUpAttempts(logs),
  };
}

function rollUpCombined(logs: readonly LogFacts[]): RollupRow[] {
  const rows = new Map<string, RollupRow>();
  for (const facts of logs) add(rowFor(rows, facts, 'minute', facts.minuteAt), facts);
  for (const minute of [...rows.values()]) {
    for (const granularity of ['hour', 'day'] as const) {
      merge(rowFor(rows, minute, granularity, startOf(granularity, minute.bucketAt)), minute);
    }
  }
  return inOrder(rows);
}

type Dimensions = Pick<LogFacts, 'organizationId' | 'environment' | 'provider' | 'model' | 'apiKeyId'>;

function rowFor(rows: Map<string, RollupRow>, of: Dimensions, granularity: Granularity, bucketAt: number): RollupRow {
  const { organizationId, environment, provider, model, apiKeyId } = of;
  const key = `${organizationId}\0${granularity}\0${bucketAt}\0${environment}\0${provider}\0${model}\0${apiKeyId}`;
  const found = rows.get(key);
  if (found) return found;
  const row = { organizationId, granularity, bucketAt, environment, provider, model, apiKeyId, ...nothing() };
  rows.set(key, row);
  return row;
}
