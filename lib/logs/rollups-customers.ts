import type { LogFacts } from './rollup-facts';
import { type Bucket, type Granularity, inOrder, startOf } from './rollup-measures';

export interface CustomerRow extends Bucket {
  readonly customer: string;
  requests: number;
  errors: number;
  unpricedRequests: number;
  costNanoUsd: bigint;
  /** Cached ones included. */
  tokens: number;
}

/** The customers of one bucket. A batch has few buckets and many customers: their keys are kept short. */
interface Group {
  readonly bucket: Bucket;
  readonly rows: Map<string, CustomerRow>;
}

/** The hours and days of each customer. Logs without one count for none. */
export function rollUpCustomers(logs: readonly LogFacts[]): CustomerRow[] {
  const groups = new Map<string, Group>();
  for (const facts of logs) {
    if (facts.customer === '') continue;
    const { errorsCaller, errorsProvider, errorsLimit, errorsGateway, unpricedRequests } = facts.counts;
    const { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = facts.counts;
    const row = rowFor(groupFor(groups, facts, 'hour', facts.minuteAt), facts.customer);
    row.requests += 1;
    row.errors += errorsCaller + errorsProvider + errorsLimit + errorsGateway;
    row.unpricedRequests += unpricedRequests;
    row.costNanoUsd += facts.costNanoUsd;
    row.tokens += inputTokens + outputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens;
  }
  for (const { bucket, rows } of [...groups.values()]) {
    const days = groupFor(groups, bucket, 'day', bucket.bucketAt);
    for (const hour of rows.values()) {
      const day = rowFor(days, hour.customer);
      day.requests += hour.requests;
      day.errors += hour.errors;
      day.unpricedRequests += hour.unpricedRequests;
      day.costNanoUsd += hour.costNanoUsd;
      day.tokens += hour.tokens;
    }
  }
  return inOrder(groups).flatMap(({ rows }) => inOrder(rows));
}

function groupFor(
  groups: Map<string, Group>,
  { organizationId, environment }: Pick<LogFacts, 'organizationId' | 'environment'>,
  granularity: Granularity,
  at: number,
): Group {
  const bucketAt = startOf(granularity, at);
  const key = `${organizationId}\0${granularity}\0${environment}\0${bucketAt}`;
  const found = groups.get(key);
  if (found) return found;
  const group = { bucket: { organizationId, granularity, environment, bucketAt }, rows: new Map() };
  groups.set(key, group);
  return group;
}

function rowFor({ bucket, rows }: Group, customer: string): CustomerRow {
  const found = rows.get(customer);
  if (found) return found;
  const { organizationId, granularity, environment, bucketAt } = bucket;
  const nothing = { requests: 0, errors: 0, unpricedRequests: 0, costNanoUsd: 0n, tokens: 0 };
  const row = { organizationId, granularity, environment, bucketAt, customer, ...nothing };
  rows.set(customer, row);
  return row;
}
