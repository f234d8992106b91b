'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type LogFilters, logFacetsSchema, logPage } from '@/lib/logs/schema';
import { getJson } from '../ui/get-json';
import { facetsKey, logsKey } from './log-keys';

const LIVE_MS = 4000;

/** A page of logs; what is shown stays until what replaces it has come. The first page is asked for again while it is live. */
export function useLogs(filters: LogFilters, live: boolean) {
  return useQuery({
    queryKey: logsKey(filters),
    queryFn: ({ signal }) => getJson(`/api/dashboard/logs${queryOf(filters)}`, logPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: live ? LIVE_MS : false,
  });
}

export function useLogFacets(filters: LogFilters) {
  const { environment, range, from, to } = filters;
  return useQuery({
    queryKey: facetsKey(filters),
    queryFn: ({ signal }) =>
      getJson(`/api/dashboard/logs/facets${queryOf({ environment, range, from, to })}`, logFacetsSchema, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

function queryOf(filters: Partial<LogFilters>): string {
  const given = Object.entries(filters).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, JSON.stringify(value)]];
    return value === undefined ? [] : [[name, String(value)]];
  });
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
