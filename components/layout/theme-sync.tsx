'use client';

import { useLayoutEffect } from 'react';
import { applyTheme, subscribeToTheme } from './theme';

/** Follows the choice made here, in another tab, or in the system; and sets the theme where the script could not run. */
export function ThemeSync() {
  useLayoutEffect(() => {
    applyTheme();
    return subscribeToTheme(applyTheme);
  }, []);
  return null;
}
