'use client';

import { useId, useState } from 'react';
import {
  type FilterOperator,
  filterOperator,
  kindOf,
  type LogFilter,
  type LogFilterInput,
  logFilter,
  OPERATORS_OF,
} from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { fieldLabel, operatorLabel, unitOf } from './filter-words';
import { ValueChoices } from './value-choices';

interface FilterEditorProps {
  field: string;
  /** What is edited; null for a new one. */
  filter: LogFilter | null;
  filters: LogFilters;
  onApply: (filter: LogFilterInput) => void;
}

const PRESENCE = [
  { value: 'true', label: 'is empty' },
  { value: 'false', label: 'has a value' },
];
const TRUTH = [
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

/** One condition: how a field is compared, and with what. */
export function FilterEditor({ field, filter, filters, onApply }: FilterEditorProps) {
  const kind = kindOf(field);
  const [operator, setOperator] = useState<FilterOperator>(filter?.operator ?? firstOperator(field));
  const [values, setValues] = useState<string[]>(filter?.value.map(String) ?? []);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  const several = operator === '' || operator === 'not' || operator === 'in';
  const fixed = operator === 'isnull' ? PRESENCE : kind === 'boolean' ? TRUTH : null;
  function apply() {
    const value = fixed ? [values[0] ?? 'true'] : values.map((one) => one.trim()).filter((one) => one !== '');
    const parsed = logFilter.safeParse({ field, operator, value, connector: filter?.connector });
    if (parsed.success) onApply({ field, operator, value: parsed.data.value, connector: parsed.data.connector });
    else setError(value.length === 0 ? 'Enter a value.' : (parsed.error.issues[0]?.message ?? 'Is not valid.'));
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="min-w-0 flex-1 truncate font-medium">
          {fieldLabel(field)}
        </label>
        <Select
          size="sm"
          aria-label={`How ${fieldLabel(field)} is compared`}
          options={OPERATORS_OF[kind].map((one) => ({ value: one || 'is', label: operatorLabel(field, one) }))}
          value={operator || 'is'}
          onValueChange={(next) => setOperator(filterOperator.catch('').parse(next))}
        />
      </div>
      {fixed ? (
        <Select
          aria-label="Value"
          options={fixed}
          value={values[0] ?? 'true'}
          onValueChange={(one) => setValues([one])}
        />
      ) : (
        <div className="flex items-center gap-2">
          <Input
            id={id}
            autoFocus
            type={kind === 'time' ? 'datetime-local' : 'text'}
            inputMode={kind === 'number' ? 'decimal' : undefined}
            step={kind === 'time' ? 1 : undefined}
            placeholder={several ? 'Several with commas between them' : 'Value'}
            value={kind === 'time' ? localTime(values[0]) : values.join(several ? ', ' : '')}
            onChange={({ target }) => {
              setError(null);
              setValues(several && kind !== 'time' ? target.value.split(/,\s?/) : [fromInput(target.value, kind)]);
            }}
            aria-invalid={error !== null}
          />
          {unitOf(field) && <span className="text-muted-foreground text-xs">{unitOf(field)}</span>}
        </div>
      )}
      {error && (
        <p role="alert" className="text-danger text-xs">
          {error}
        </p>
      )}
      {several && !fixed && <ValueChoices field={field} filters={filters} chosen={values} onChoose={setValues} />}
      <Button type="submit" variant="primary" size="sm" className="self-end">
        Apply
      </Button>
    </form>
  );
}

function firstOperator(field: string): FilterOperator {
  const kind = kindOf(field);
  if (kind === 'number' || kind === 'time') return 'gte';
  return ['input', 'output', 'error_message', 'note', 'warnings'].includes(field) ? 'icontains' : '';
}

function fromInput(text: string, kind: string): string {
  const time = kind === 'time' && text !== '' ? new Date(text) : null;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : text;
}

function localTime(iso: string | undefined): string {
  const time = new Date(iso ?? '');
  if (Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
