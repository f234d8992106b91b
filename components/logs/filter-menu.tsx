'use client';

import { ChevronDown, X } from 'lucide-react';
import { formatCount } from '@/lib/format';
import { cn } from '../ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu';

interface FilterMenuProps {
  label: string;
  options: readonly { value: string; label: string; count?: number }[];
  /** The option that is on; a value that is not among them still shows. */
  value: string | null;
  /** How a value reads that is not among the options. */
  valueLabel?: string;
  onChange: (value: string | null) => void;
  empty: string;
}

const BORDERS = 'inline-flex h-8 items-center rounded-md border text-xs transition-colors';

/** A chip: says what is filtered by, opens a list to change it, and comes off with its cross. */
export function FilterMenu({ label, options, value, valueLabel, onChange, empty }: FilterMenuProps) {
  const shown = options.find((option) => option.value === value)?.label ?? valueLabel ?? value;
  return (
    <span
      className={cn(
        BORDERS,
        value ? 'border-accent-border bg-accent-surface' : 'border-border-strong border-dashed bg-card',
      )}
    >
      <DropdownMenu>
        <DropdownMenuTrigger className="inline-flex h-full min-w-0 items-center gap-1.5 rounded-md px-2.5 hover:bg-hover">
          <span className="text-muted-foreground">{label}</span>
          {value && <span className="max-w-48 truncate font-medium">{shown}</span>}
          {!value && <ChevronDown className="size-3 text-muted-foreground" aria-hidden />}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-h-80 overflow-y-auto">
          {options.length === 0 ? (
            <DropdownMenuLabel className="pb-1.5">{empty}</DropdownMenuLabel>
          ) : (
            <DropdownMenuRadioGroup value={value ?? ''} onValueChange={onChange}>
              {options.map((option) => (
                <DropdownMenuRadioItem key={option.value} value={option.value}>
                  <span className="flex-1">{option.label}</span>
                  {option.count !== undefined && (
                    <span aria-hidden className="figures text-muted-foreground text-xs">
                      {formatCount(option.count)}
                    </span>
                  )}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {value && (
        <button
          type="button"
          onClick={() => onChange(null)}
          aria-label={`Remove the filter ${label} ${shown}`}
          className="grid h-full w-7 place-items-center rounded-md text-muted-foreground hover:text-foreground"
        >
          <X className="size-3" aria-hidden />
        </button>
      )}
    </span>
  );
}
