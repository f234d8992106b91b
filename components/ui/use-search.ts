'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';

type Patch = Readonly<Record<string, string | number | null | undefined>>;

/** The query of the page's address as state: what is in it, and how to change a part of it. Null removes a parameter. */
export function useSearch(): { search: Record<string, string>; setSearch: (patch: Patch) => void } {
  const params = useSearchParams();
  const search = useMemo(() => Object.fromEntries(params), [params]);
  const setSearch = useCallback(
    (patch: Patch) => {
      const query = withSearch(search, patch);
      // Without asking the server: the page changes at once, and its data follows through its own queries.
      window.history.pushState(null, '', query || window.location.pathname);
    },
    [search],
  );
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
