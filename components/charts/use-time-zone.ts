'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { TIME_ZONE_COOKIE } from './time-zone-cookie';

/** The browser's time zone. Starts with the one the server drew the page for, so that both agree. */
export function useTimeZone(drawnFor: string): string {
  const zone = useSyncExternalStore(
    subscribeToNothing,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => drawnFor,
  );
  useEffect(() => {
    if (zone !== drawnFor) {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http.
      document.cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
    }
  }, [zone, drawnFor]);
  return zone;
}

function subscribeToNothing(): () => void {
  return () => {};
}
