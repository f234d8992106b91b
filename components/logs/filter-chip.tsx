'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import type { LogFilter, LogFilterInput } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover';
import { FilterEditor } from './filter-editor';
import { filterWords } from './filter-words';

interface FilterChipProps {
  filter: LogFilter;
  isFirst: boolean;
  filters: LogFilters;
  nameOf: (field: string, value: string) => string;
  /** Null takes it off. */
  onChange: (filter: LogFilterInput | null) => void;
}

/** A condition that is on: a click changes it in place, its cross takes it off. */
export function FilterChip({ filter, isFirst, filters, nameOf, onChange }: FilterChipProps) {
  const [open, setOpen] = useState(false);
  const words = filterWords(filter, (value) => nameOf(filter.field, value));
  const spoken = [words.label, words.operator, words.value].filter(Boolean).join(' ');
  return (
    <span className="inline-flex h-8 max-w-full items-center rounded-md border border-accent-border bg-accent-surface text-xs">
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger
          title="Change this filter"
          className="inline-flex h-full min-w-0 items-center gap-1.5 rounded-md px-2.5 hover:bg-hover"
        >
          {!isFirst && filter.connector === 'OR' && <span className="text-accent">or</span>}
          <span className="whitespace-nowrap text-muted-foreground">
            {words.label} {words.operator}
          </span>
          {words.value && <span className="max-w-56 truncate font-medium">{words.value}</span>}
        </PopoverTrigger>
        <PopoverContent className="w-80" aria-label={`Change the filter ${spoken}`}>
          <FilterEditor
            field={filter.field}
            filter={filter}
            filters={filters}
            onApply={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        </PopoverContent>
      </Popover>
      <button
        type="button"
        onClick={() => onChange(null)}
        aria-label={`Remove the filter ${spoken}`}
        className="grid h-full w-7 place-items-center rounded-md text-muted-foreground hover:text-foreground"
      >
        <X className="size-3" aria-hidden />
      </button>
    </span>
  );
}
