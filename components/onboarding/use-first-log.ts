'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/components/ui/get-json';
import { FIRST_LOG_PATH, type FirstLog, firstLogAnswer } from './first-log';

/** A log is written in batches, a fraction of a second after its answer. */
const WRITTEN_SOON_MS = 300;
const WAITING_MS = 1500;

/** The log of a request this page sent; null until it is written. */
export function useSentLog(logId: string | null): FirstLog | null {
  const { data } = useQuery({
    queryKey: ['first-log', logId],
    queryFn: ({ signal }) => getJson(`${FIRST_LOG_PATH}?id=${logId}`, firstLogAnswer, signal),
    enabled: logId !== null,
    refetchInterval: (query) => (query.state.data?.log ? false : WRITTEN_SOON_MS),
  });
  return data?.log ?? null;
}

/** The newest log once it is another than the one known at the start: a request that came from somewhere else. */
export function useArrivedLog(knownId: string | null, waiting: boolean): FirstLog | null {
  const { data } = useQuery({
    queryKey: ['first-log', 'newest'],
    queryFn: ({ signal }) => getJson(FIRST_LOG_PATH, firstLogAnswer, signal),
    enabled: waiting,
    refetchInterval: (query) => (query.state.data?.log?.status === 'success' ? false : WAITING_MS),
    refetchIntervalInBackground: true,
  });
  return data?.log && data.log.id !== knownId ? data.log : null;
}
