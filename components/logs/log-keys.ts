import type { LogFilters } from '@/lib/logs/schema';

/** Under which server and browser keep the same page of logs. */
export function logsKey(filters: LogFilters) {
  return ['logs', filters] as const;
}

export function facetsKey({ environment, range, from, to }: LogFilters) {
  return ['log-facets', { environment, range, from, to }] as const;
}
