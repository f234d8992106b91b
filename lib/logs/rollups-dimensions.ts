import type { LogFacts } from './rollup-facts';
import {
  addSums,
  type Bucket,
  type Granularity,
  inOrder,
  type Measures,
  merge,
  nothing,
  type RollupRow,
  startOf,
} from './rollup-measures';

export type Dimension = 'all' | 'model' | 'provider' | 'key' | 'status';

/** Along one dimension, whatever the others. */
export interface DimensionRow extends Bucket, Measures {
  readonly dimension: Dimension;
  readonly value: string;
}

/**
 * Each dimension of a batch, added up from its combined rows, which are fewer than its logs: hours and days, of all together
 * also minutes. Status is no part of those and is counted by the log; its rows tell nothing about speed.
 */
export function rollUpDimensions(logs: readonly LogFacts[], combined: readonly RollupRow[]): DimensionRow[] {
  const minutes = new Map<string, DimensionRow>();
  const rows = new Map<string, DimensionRow>();
  for (const row of combined) {
    if (row.granularity === 'minute') merge(rowFor(minutes, row, 'all', '', 'minute', row.bucketAt), row);
    if (row.granularity !== 'hour') continue;
    merge(rowFor(rows, row, 'model', row.model, 'hour', row.bucketAt), row);
    merge(rowFor(rows, row, 'provider', row.provider, 'hour', row.bucketAt), row);
    merge(rowFor(rows, row, 'key', row.apiKeyId, 'hour', row.bucketAt), row);
  }
  for (const facts of logs) {
    addSums(rowFor(minutes, facts, 'status', facts.outcome, 'minute', facts.minuteAt), facts);
  }
  for (const row of minutes.values()) {
    merge(rowFor(rows, row, row.dimension, row.value, 'hour', startOf('hour', row.bucketAt)), row);
  }
  for (const row of [...rows.values()]) {
    merge(rowFor(rows, row, row.dimension, row.value, 'day', startOf('day', row.bucketAt)), row);
  }
  return inOrder(new Map([...rows, ...minutes]));
}

function rowFor(
  rows: Map<string, DimensionRow>,
  { organizationId, environment }: Pick<LogFacts, 'organizationId' | 'environment'>,
  dimension: Dimension,
  value: string,
  granularity: Granularity,
  bucketAt: number,
): DimensionRow {
  const key = `${organizationId}\0${granularity}\0${dimension}\0${environment}\0${bucketAt}\0${value}`;
  const found = rows.get(key);
  if (found) return found;
  const row = { organizationId, granularity, dimension, environment, bucketAt, value, ...nothing() };
  rows.set(key, row);
  return row;
}
