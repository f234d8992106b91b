'use client';

import { PanelLeft } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from '../ui/button';

const STORED_AS = 'respan.logs.facets';
const readers = new Set<() => void>();

/** Whether the values to filter by stand beside the list, as this browser keeps it. */
export function useFacetsShown(): [boolean, (shown: boolean) => void] {
  const shown = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(STORED_AS) === 'shown',
    () => false,
  );
  return [shown, save];
}

export function FacetToggle({ shown, onChange }: { shown: boolean; onChange: (shown: boolean) => void }) {
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-pressed={shown}
      onClick={() => onChange(!shown)}
      className="text-muted-foreground"
    >
      <PanelLeft aria-hidden />
      {shown ? 'Hide values' : 'Show values'}
    </Button>
  );
}

function subscribe(onChange: () => void): () => void {
  readers.add(onChange);
  return () => readers.delete(onChange);
}

function save(shown: boolean): void {
  window.localStorage.setItem(STORED_AS, shown ? 'shown' : 'hidden');
  for (const onChange of readers) onChange();
}
