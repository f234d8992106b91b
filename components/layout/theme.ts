'use client';

import { useSyncExternalStore } from 'react';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const CHANGED = 'respan:theme';

/** The chosen theme and how to change it. Kept in this browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribeToTheme, storedTheme, () => 'system' as const);
  return [theme, chooseTheme];
}

/** Draws the page in the stored theme, or the system's. */
export function applyTheme(): void {
  const stored = storedTheme();
  document.documentElement.dataset.theme = stored === 'system' ? (prefersDark().matches ? 'dark' : 'light') : stored;
}

export function subscribeToTheme(onChange: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  for (const event of [CHANGED, 'storage']) window.addEventListener(event, onChange, { signal });
  prefersDark().addEventListener('change', onChange, { signal });
  return () => controller.abort();
}

function prefersDark(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

function storedTheme(): Theme {
  try {
    const value = localStorage.getItem('theme');
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    // Storage is switched off in this browser.
    return 'system';
  }
}

function chooseTheme(theme: Theme): void {
  localStorage.setItem('theme', theme);
  window.dispatchEvent(new Event(CHANGED));
}
