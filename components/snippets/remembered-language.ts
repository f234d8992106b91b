import { useSyncExternalStore } from 'react';
import type { SnippetVariant } from './snippet';

type Language = SnippetVariant['language'];

const STORED = 'respan:snippet-language';
const listeners = new Set<() => void>();
let chosen: string | null = null;

/** The language last chosen, shared by all snippets of the page and kept in this browser. */
export function useRememberedLanguage(): [string | null, (language: Language) => void] {
  const language = useSyncExternalStore(subscribe, read, () => null);
  return [language, remember];
}

function remember(language: Language): void {
  chosen = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser that keeps nothing remembers for as long as the page is open.
  }
  for (const listener of listeners) listener();
}

function read(): string | null {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
