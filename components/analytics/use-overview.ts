'use client';

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import {
  type DashboardFilters,
  type Overview,
  overviewSchema,
  type Range,
  type TopCustomers,
  topCustomersSchema,
} from '@/lib/analytics/schema';
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

export function useTopCustomers({ by: _, ...filters }: DashboardFilters, timeZone: string) {
  return useQuery<TopCustomers>({
    queryKey: ['top-customers', filters, timeZone],
    queryFn: ({ signal }) =>
      getJson(`/api/dashboard/customers?${queryOf({ ...filters, timeZone })}`, topCustomersSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: Math.max(60_000, REFRESH_MS[filters.range]),
  });
}

function overviewQuery(filters: DashboardFilters, timeZone: string) {
  return queryOptions<Overview>({
    queryKey: overviewKey(filters, timeZone),
    queryFn: ({ signal }) =>
      getJson(`/api/dashboard/overview?${queryOf({ ...filters, timeZone })}`, overviewSchema, signal),
  });
}

function queryOf(asked: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  return query;
}
