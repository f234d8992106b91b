'use client';

import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { z } from 'zod';
import { facet, isFilterField, kindOf } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';
import { Checkbox } from '../ui/checkbox';
import { Count } from '../ui/figures';
import { getJson } from '../ui/get-json';
import { queryOf } from './use-logs';

interface ValueChoicesProps {
  field: string;
  filters: LogFilters;
  chosen: readonly string[];
  onChoose: (values: string[]) => void;
}

/** Fields whose every value is another one have nothing to choose from. */
const ENDLESS = ['input', 'output', 'error_message', 'unique_id', 'custom_identifier', 'span_unique_id', 'note'];

/** The values that a field has among these logs, with how many logs have each. */
export function ValueChoices({ field, filters, chosen, onChoose }: ValueChoicesProps) {
  const listed = isFilterField(field) && kindOf(field) !== 'time' && !ENDLESS.includes(field);
  const id = useId();
  const { data } = useQuery({
    enabled: listed,
    queryKey: ['log-values', field, filters],
    queryFn: ({ signal }) => {
      const { older: _older, newer: _newer, q: _q, in: _in, ...rest } = filters;
      return getJson(`/api/dashboard/logs/facets${queryOf(rest, { fields: field })}`, z.array(facet), signal);
    },
  });
  const found = data?.[0];
  const values = found?.values.filter(({ value }) => value !== null && value !== '') ?? [];
  if (!found || values.length === 0) return null;
  return (
    <ul className="-mx-1 max-h-56 overflow-y-auto" aria-label="Values in use">
      {values.map(({ value, label, count }, index) => (
        <li key={value} className="flex h-7 items-center gap-2 rounded-md px-1 hover:bg-hover">
          <Checkbox
            id={`${id}${index}`}
            checked={chosen.includes(value ?? '')}
            onCheckedChange={(checked) =>
              onChoose([
                ...chosen.filter((one) => one !== value && one !== ''),
                ...(checked === true && value ? [value] : []),
              ])
            }
          />
          <label htmlFor={`${id}${index}`} className="min-w-0 flex-1 truncate text-xs" title={label ?? value ?? ''}>
            {label ?? value}
          </label>
          <Count value={count} className="text-muted-foreground text-xs" />
        </li>
      ))}
    </ul>
  );
}
