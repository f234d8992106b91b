import type { LogFacts } from './rollup-facts';
import { type Bucket, type Granularity, inOrder, startOf } from './rollup-measures';

export interface CustomerRow extends Bucket {
  readonly customer: string;
  requests: number;
  errors: number;
  unpricedRequests: number;
  costNanoUsd: bigint;
}

/** The hours and days of each customer. Logs without one count for none. */
export function rollUpCustomers(logs: readonly LogFacts[]): CustomerRow[] {
  const rows = new Map<string, CustomerRow>();
  for (const facts of logs) {
    if (facts.customer === '') continue;
    const { counts, costNanoUsd } = facts;
    const row = rowFor(rows, facts, facts.customer, 'hour', facts.minuteAt);
    row.requests += 1;
    row.errors += counts.errorsCaller + counts.errorsProvider + counts.errorsLimit + counts.errorsGateway;
    row.unpricedRequests += counts.unpricedRequests;
    row.costNanoUsd += costNanoUsd;
  }
  for (const hour of [...rows.values()]) {
    const day = rowFor(rows, hour, hour.customer, 'day', hour.bucketAt);
    day.requests += hour.requests;
    day.errors += hour.errors;
    day.unpricedRequests += hour.unpricedRequests;
    day.costNanoUsd += hour.costNanoUsd;
  }
  return inOrder(rows);
}

function rowFor(
  rows: Map<string, CustomerRow>,
  { organizationId, environment }: Pick<LogFacts, 'organizationId' | 'environment'>,
  customer: string,
  granularity: Granularity,
  at: number,
): CustomerRow {
  const bucketAt = startOf(granularity, at);
  const key = `${organizationId}\0${granularity}\0${environment}\0${bucketAt}\0${customer}`;
  const found = rows.get(key);
  if (found) return found;
  const bucket = { organizationId, granularity, environment, bucketAt };
  const row = { ...bucket, customer, requests: 0, errors: 0, unpricedRequests: 0, costNanoUsd: 0n };
  rows.set(key, row);
  return row;
}
