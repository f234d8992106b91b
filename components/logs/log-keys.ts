import type { FilterField } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';

/** Under which server and browser keep the same list of logs. */
export function logsKey(filters: LogFilters) {
  return ['logs', filters] as const;
}

/** Counts are the same on every page of a list. */
export function facetsKey({ older: _older, newer: _newer, q: _q, in: _in, ...filters }: LogFilters) {
  return ['log-facets', filters] as const;
}

/** The fields whose values are listed with counts beside the filters. */
export const FACET_FIELDS = [
  'status',
  'error_cause',
  'model',
  'provider_id',
  'organization_key_id',
  'customer_identifier',
  'status_code',
] as const satisfies readonly FilterField[];

/** Where a list begins: at its newest log, unless the address says otherwise. */
export function firstPage({ older, newer }: LogFilters) {
  return { older: older ?? null, newer: newer ?? null };
}
