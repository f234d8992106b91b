'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';

type Patch = Readonly<Record<string, string | number | null | undefined>>;

interface SetOptions {
  /** Without a step for the back button: for what is looked at, not chosen. */
  replace?: boolean;
}

/** The query of the page's address as state: what is in it, and how to change a part of it. Null removes a parameter. */
export function useSearch(): {
  search: Record<string, string>;
  setSearch: (patch: Patch, options?: SetOptions) => void;
} {
  const params = useSearchParams();
  const search = useMemo(() => Object.fromEntries(params), [params]);
  const setSearch = useCallback((patch: Patch, { replace = false }: SetOptions = {}) => {
    const { pathname, search: before } = window.location;
    const query = withSearch(Object.fromEntries(new URLSearchParams(before)), patch);
    // A control may report one choice twice; the second one changes nothing and must not cost a press of the back button.
    if (query === before) return;
    // Without asking the server: the page changes at once, and its data follows through its own queries.
    window.history[replace ? 'replaceState' : 'pushState'](null, '', query || pathname);
  }, []);
  return { search, setSearch };
}

/** The query string of an address with parts of it changed: `?range=7d`, or nothing. */
export function withSearch(search: Readonly<Record<string, string>>, patch: Patch): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined) next.delete(name);
    else next.set(name, String(value));
  }
  const query = next.toString();
  return query ? `?${query}` : '';
}
