'use client';

import { useCallback, useMemo } from 'react';
import type { LogFilterInput } from '@/lib/logs/filters/schema';
import { type LogFilters, logFilters } from '@/lib/logs/schema';
import { useSearch } from '../ui/use-search';

export type Change = (patch: Record<string, string | null>) => void;

/** What the address of the log page says, and how to change it. */
export function useLogFilters() {
  const { search, setSearch } = useSearch();
  const filters = useMemo(() => logFilters.parse(search), [search]);
  const change: Change = useCallback((patch) => setSearch({ ...patch, older: null, newer: null }), [setSearch]);
  const setFilters = useCallback(
    (next: readonly LogFilterInput[]) => change({ filters: next.length > 0 ? JSON.stringify(next) : null }),
    [change],
  );
  const open = search.log ?? null;
  const setOpen = useCallback((log: string | null) => setSearch({ log }, { replace: true }), [setSearch]);
  return { filters, change, setFilters, open, setOpen };
}

/** Everything that narrows the list, taken away. */
export const WITHOUT_FILTERS = {
  model: null,
  status: null,
  cause: null,
  key: null,
  from: null,
  to: null,
  filters: null,
  q: null,
  in: null,
} as const;

export function isFiltered({ model, status, key, from, to, q, filters }: LogFilters): boolean {
  return Boolean(model || status || key || q) || from !== undefined || to !== undefined || filters.length > 0;
}
