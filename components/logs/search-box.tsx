'use client';

import { Search, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import type { LogFilters } from '@/lib/logs/schema';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import type { Change } from './use-log-filters';

const PLACES = [
  { value: 'lines', label: 'First lines' },
  { value: 'bodies', label: 'Whole texts' },
] as const;
const TYPING_MS = 300;

interface SearchBoxProps {
  filters: LogFilters;
  onChange: Change;
  input: RefObject<HTMLInputElement | null>;
}

/** Searches prompts and replies; what is typed goes into the address once the typing rests. */
export function SearchBox({ filters: { q = '', in: place }, onChange, input }: SearchBoxProps) {
  const [text, setText] = useState(q);
  const [known, setKnown] = useState(q);
  if (known !== q) {
    setKnown(q);
    setText(q);
  }
  useEffect(() => {
    if (text.trim() === q) return;
    const timer = setTimeout(() => onChange({ q: text.trim() || null }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, q, onChange]);
  return (
    <search className="flex items-center gap-2 max-md:w-full">
      <span className="relative max-md:flex-1">
        <Search className="absolute top-2 left-2.5 size-4 text-muted-foreground" aria-hidden />
        <Input
          ref={input}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onChange({ q: text.trim() || null });
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          maxLength={200}
          placeholder="Search prompts and replies"
          aria-label="Search prompts and replies"
          className="w-64 px-8 max-md:w-full"
        />
        {text ? (
          <button
            type="button"
            aria-label="Clear the search"
            onClick={() => {
              setText('');
              onChange({ q: null });
            }}
            className="absolute top-1.5 right-1.5 grid size-5 place-items-center rounded-sm text-muted-foreground hover:text-foreground"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        ) : (
          <kbd className="absolute top-2 right-2.5 font-mono text-2xs text-muted-foreground max-md:hidden">/</kbd>
        )}
      </span>
      {q && (
        <Select
          aria-label="Where to search"
          options={PLACES}
          value={place ?? 'lines'}
          onValueChange={(next) => onChange({ in: next === 'bodies' ? next : null })}
        />
      )}
    </search>
  );
}
