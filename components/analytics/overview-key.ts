import type { DashboardFilters } from '@/lib/analytics/schema';

/** Under which server and browser keep the same overview. */
export function overviewKey(filters: DashboardFilters, timeZone: string) {
  return ['overview', filters, timeZone] as const;
}
