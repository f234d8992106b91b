import type { AttemptFacts, AttemptFault, LogFacts } from './rollup-facts';
import { type Bucket, type Granularity, inOrder, startOf } from './rollup-measures';

/** Tries at a provider with one credential. */
export interface AttemptRow extends Bucket, Record<AttemptFault, number> {
  readonly provider: string;
  readonly credentialId: string;
  attempts: number;
}

export const FAULTS = [
  'rateLimited',
  'overloaded',
  'serverErrors',
  'connectionErrors',
  'refused',
] as const satisfies readonly AttemptFault[];

/** The minutes and hours of each credential, in which every attempt counts, also one that a retry made good. */
export function rollUpAttempts(logs: readonly LogFacts[]): AttemptRow[] {
  const rows = new Map<string, AttemptRow>();
  for (const facts of logs) {
    for (const attempt of facts.attempts) {
      const row = rowFor(rows, facts, attempt, 'minute', facts.minuteAt);
      row.attempts += 1;
      if (attempt.fault) row[attempt.fault] += 1;
    }
  }
  for (const minute of [...rows.values()]) {
    const hour = rowFor(rows, minute, minute, 'hour', minute.bucketAt);
    hour.attempts += minute.attempts;
    for (const fault of FAULTS) hour[fault] += minute[fault];
  }
  return inOrder(rows);
}

const NONE = { attempts: 0, rateLimited: 0, overloaded: 0, serverErrors: 0, connectionErrors: 0, refused: 0 };

function rowFor(
  rows: Map<string, AttemptRow>,
  { organizationId, environment }: Pick<LogFacts, 'organizationId' | 'environment'>,
  { provider, credentialId }: Pick<AttemptFacts, 'provider' | 'credentialId'>,
  granularity: Granularity,
  at: number,
): AttemptRow {
  const bucketAt = startOf(granularity, at);
  const key = `${organizationId}\0${granularity}\0${environment}\0${bucketAt}\0${provider}\0${credentialId}`;
  const found = rows.get(key);
  if (found) return found;
  const row = { organizationId, granularity, environment, bucketAt, provider, credentialId, ...NONE };
  rows.set(key, row);
  return row;
}
