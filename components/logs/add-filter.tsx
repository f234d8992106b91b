'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { FILTER_FIELDS, type LogFilterInput, METADATA_PREFIX } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Input } from '../ui/input';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover';
import { FilterEditor } from './filter-editor';

interface AddFilterProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  filters: LogFilters;
  onAdd: (filter: LogFilterInput) => void;
}

/** A new condition: first the field, then how it is compared. */
export function AddFilter({ open, onOpenChange, filters, onAdd }: AddFilterProps) {
  const [field, setField] = useState<string | null>(null);
  function change(next: boolean) {
    setField(null);
    onOpenChange(next);
  }
  return (
    <Popover open={open} onOpenChange={change}>
      <PopoverTrigger asChild>
        <Button variant="ghost" className="text-muted-foreground" title="Filter by any field (F)">
          <Plus aria-hidden />
          Filter
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-80" aria-label="Add a filter">
        {field === null ? (
          <FieldChoice onChoose={setField} />
        ) : (
          <FilterEditor
            field={field}
            filter={null}
            filters={filters}
            onApply={(filter) => {
              onAdd(filter);
              change(false);
            }}
          />
        )}
      </PopoverContent>
    </Popover>
  );
}

function FieldChoice({ onChoose }: { onChoose: (field: string) => void }) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const fields = Object.entries(FILTER_FIELDS).filter(
    ([field, { label }]) => label.toLowerCase().includes(wanted) || field.includes(wanted.replaceAll(' ', '_')),
  );
  const member = text.trim().replace(/^metadata(__|\.)?/, '');
  return (
    <div className="flex flex-col gap-2">
      <Input
        autoFocus
        aria-label="Find a field"
        placeholder="Find a field, or name a metadata key"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          const first = fields[0]?.[0];
          if (event.key === 'Enter' && first && wanted) onChoose(first);
        }}
      />
      <ul className="-mx-1 max-h-72 overflow-y-auto" aria-label="Fields">
        {fields.map(([field, { label }]) => (
          <li key={field}>
            <FieldButton onClick={() => onChoose(field)}>{label}</FieldButton>
          </li>
        ))}
        {member !== '' && (
          <li>
            <FieldButton onClick={() => onChoose(`${METADATA_PREFIX}${member}`)}>
              Metadata <code className="font-mono text-xs">{member}</code>
            </FieldButton>
          </li>
        )}
      </ul>
    </div>
  );
}

function FieldButton({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex h-8 w-full items-center gap-1.5 truncate rounded-md px-2 text-left hover:bg-hover focus-visible:bg-hover"
    >
      {children}
    </button>
  );
}
