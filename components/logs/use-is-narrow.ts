'use client';

import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 767px)';

/** Whether the screen is too narrow for a table; null where it is not known yet, on the server and right after. */
export function useIsNarrow(): boolean | null {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => null,
  );
}

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(NARROW);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}
