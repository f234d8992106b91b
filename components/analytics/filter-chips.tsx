'use client';

import { X } from 'lucide-react';

export interface Chip {
  readonly label: string;
  readonly value: string;
  readonly onRemove: () => void;
}

/** The filters that are on, each with a way to take it off. */
export function FilterChips({ chips }: { chips: readonly Chip[] }) {
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2" aria-label="Filters">
      {chips.map(({ label, value, onRemove }) => (
        <li
          key={label}
          className="inline-flex h-7 max-w-full items-center gap-1 rounded-md border border-accent-border bg-accent-surface pl-2 text-xs"
        >
          <span className="text-muted-foreground">{label}</span>
          <span className="truncate font-medium">{value}</span>
          <button
            type="button"
            onClick={onRemove}
            aria-label={`Remove the filter ${label} ${value}`}
            className="grid size-7 shrink-0 place-items-center text-muted-foreground hover:text-foreground"
          >
            <X className="size-3" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
