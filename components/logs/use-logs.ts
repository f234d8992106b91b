'use client';

import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import { facet } from '@/lib/logs/filters/schema';
import { type LogFilters, type LogPage, type LogRow, logPage } from '@/lib/logs/schema';
import { getJson } from '../ui/get-json';
import { FACET_FIELDS, facetsKey, firstPage, logsKey } from './log-keys';

export type LogPages = InfiniteData<LogPage, ReturnType<typeof firstPage>>;

/** Logs as one list that grows at both ends. What is shown stays until what replaces it has come. */
export function useLogs(filters: LogFilters) {
  const query = useInfiniteQuery({
    queryKey: logsKey(filters),
    queryFn: ({ pageParam, signal }) => fetchPage({ ...filters, ...given(pageParam) }, signal),
    initialPageParam: firstPage(filters),
    getNextPageParam: (last) => (last.older ? { older: last.older, newer: null } : undefined),
    getPreviousPageParam: (first) => (first.newer ? { older: null, newer: first.newer } : undefined),
    placeholderData: keepPreviousData,
    // A list of many pages is not asked for again as a whole: what is new comes by itself.
    staleTime: Infinity,
  });
  const rows = useMemo(() => mergedRows(query.data), [query.data]);
  return { ...query, rows, first: query.data?.pages[0] };
}

export function fetchPage(filters: LogFilters, signal?: AbortSignal): Promise<LogPage> {
  return getJson(`/api/dashboard/logs${queryOf(filters)}`, logPage, signal);
}

function given({ older, newer }: ReturnType<typeof firstPage>): Pick<LogFilters, 'older' | 'newer'> {
  return { older: older ?? undefined, newer: newer ?? undefined };
}

/** Every log once, newest first: pages that were asked for at different times may overlap. */
export function mergedRows(data: { readonly pages: readonly LogPage[] } | undefined): readonly LogRow[] {
  if (!data) return [];
  const byId = new Map(data.pages.flatMap(({ rows }) => rows).map((row) => [row.id, row]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}

export function useLogFacets(filters: LogFilters) {
  return useQuery({
    queryKey: facetsKey(filters),
    queryFn: ({ signal }) => {
      const { older: _older, newer: _newer, q: _q, in: _in, ...rest } = filters;
      const query = queryOf(rest, { fields: FACET_FIELDS.join(',') });
      return getJson(`/api/dashboard/logs/facets${query}`, z.array(facet), signal);
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Filters as the query of an address, with whatever else it needs. */
export function queryOf(filters: Partial<LogFilters>, more: Record<string, string> = {}): string {
  const written = Object.entries(filters).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, JSON.stringify(value)]];
    return value === undefined ? [] : [[name, String(value)]];
  });
  const query = new URLSearchParams([...written, ...Object.entries(more)]).toString();
  return query ? `?${query}` : '';
}
