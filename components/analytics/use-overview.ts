'use client';

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { type DashboardFilters, type Overview, overviewSchema, type Range } from '@/lib/analytics/schema';
import { getJson } from '../ui/get-json';
import { overviewKey } from './overview-key';

const REFRESH_MS: Readonly<Record<Range, number>> = { '1h': 10_000, '24h': 30_000, '7d': 120_000, '30d': 300_000 };

/** The dashboard's data. What is shown stays until what replaces it has come. */
export function useOverview(filters: DashboardFilters, timeZone: string) {
  return useQuery({
    ...overviewQuery(filters, timeZone),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS[filters.range],
  });
}

function overviewQuery(filters: DashboardFilters, timeZone: string) {
  return queryOptions<Overview>({
    queryKey: overviewKey(filters, timeZone),
    queryFn: ({ signal }) => {
      const asked = Object.entries({ ...filters, timeZone }).filter(([, value]) => value !== undefined);
      return getJson(
        `/api/dashboard/overview?${new URLSearchParams(Object.fromEntries(asked))}`,
        overviewSchema,
        signal,
      );
    },
  });
}
