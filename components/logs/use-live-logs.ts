'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogFilters } from '@/lib/logs/schema';
import { logsKey } from './log-keys';
import { fetchPage, type LogPages, mergedRows } from './use-logs';

/** Pages that one announcement may bring; a list that is further behind goes on when its top is looked at. */
const PAGES_AT_ONCE = 4;

/**
 * Brings in new logs when the server says that there are some. The server pushes; nothing is asked for in vain.
 * @param onArrival called with how many came in
 */
export function useLiveLogs(filters: LogFilters, live: boolean, onArrival: (count: number) => void) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState(false);
  const [connected, setConnected] = useState(true);
  const state = useRef({ filters, live, onArrival, busy: false, again: false });
  Object.assign(state.current, { filters, live, onArrival });

  const catchUp = useCallback(async () => {
    const now = state.current;
    now.again = true;
    if (now.busy) return;
    now.busy = true;
    try {
      while (now.again) {
        now.again = false;
        const added = await bringUpToDate(client, now.filters).catch(() => 0);
        if (added > 0) now.onArrival(added);
      }
    } finally {
      now.busy = false;
    }
  }, [client]);

  useEffect(() => {
    const source = new EventSource('/api/dashboard/logs/live');
    const announced = () => {
      if (state.current.live) void catchUp();
      else setWaiting(true);
    };
    // What came while the connection was away is announced by nobody.
    source.addEventListener('open', () => {
      setConnected(true);
      announced();
    });
    source.addEventListener('logs', announced);
    source.addEventListener('error', () => setConnected(false));
    return () => source.close();
  }, [catchUp]);

  useEffect(() => {
    if (!live) return;
    setWaiting(false);
    void catchUp();
  }, [live, catchUp]);
  return { waiting: waiting && !live, connected };
}

/** @returns how many logs the list has that it had not before */
async function bringUpToDate(client: QueryClient, filters: LogFilters): Promise<number> {
  const key = logsKey(filters);
  let added = 0;
  for (let page = 0; page < PAGES_AT_ONCE; page++) {
    const known = client.getQueryData<LogPages>(key);
    const [top] = known?.pages ?? [];
    if (!known || !top || top.newer !== null) return added;
    const before = mergedRows(known);
    const fresh = await fetchPage({ ...filters, older: undefined, newer: before[0]?.id });
    client.setQueryData<LogPages>(key, (data) => {
      const [first, ...rest] = data?.pages ?? [];
      if (!data || !first) return data;
      const rows = mergedRows({ pages: [first, fresh] });
      // A list without a single row begins again with what came, its way on included.
      const older = first.rows.length === 0 && rest.length === 0 ? fresh.older : first.older;
      return { ...data, pages: [{ ...first, hasTraffic: fresh.hasTraffic, rows: [...rows], older }, ...rest] };
    });
    const ids = new Set(before.map(({ id }) => id));
    added += fresh.rows.filter(({ id }) => !ids.has(id)).length;
    if (fresh.newer === null) return added;
  }
  return added;
}
