'use client';

import type { Facet } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';
import { Checkbox } from '../ui/checkbox';
import { Count } from '../ui/figures';
import { chosenValues, toggledValue } from './facet-values';
import { fieldLabel } from './filter-words';
import type { Change } from './use-log-filters';

interface FacetPanelProps {
  facets: readonly Facet[];
  filters: LogFilters;
  onChange: Change;
}

const SHOWN = 8;

/** The values there are to filter by, with how many logs have each. */
export function FacetPanel({ facets, filters, onChange }: FacetPanelProps) {
  return (
    <aside
      aria-label="Values to filter by"
      className="flex w-52 shrink-0 flex-col gap-4 overflow-y-auto border-r px-3 py-3 max-md:hidden"
    >
      {facets.map((facet) => (
        <FacetGroup key={facet.field} facet={facet} filters={filters} onChange={onChange} />
      ))}
    </aside>
  );
}

function FacetGroup({ facet, filters, onChange }: { facet: Facet; filters: LogFilters; onChange: Change }) {
  const chosen = chosenValues(filters, facet.field);
  const values = facet.values.filter(({ value }) => value !== null && value !== '');
  const absent = chosen.filter((one) => !values.some(({ value }) => value === one));
  const listed = [...values.slice(0, SHOWN), ...absent.map((value) => ({ value, label: null, count: 0 }))];
  if (listed.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 px-1 font-medium text-xs" title={counted(facet)}>
        {facet.field === 'organization_key_id' ? 'API key' : fieldLabel(facet.field)}
      </legend>
      {listed.map(({ value, label, count }) => (
        <div key={value} className="flex h-7 items-center gap-2 rounded-md px-1 hover:bg-hover">
          <Checkbox
            id={`${facet.field} ${value}`}
            checked={chosen.includes(value ?? '')}
            onCheckedChange={() => onChange(toggledValue(filters, facet.field, value ?? ''))}
          />
          <label
            htmlFor={`${facet.field} ${value}`}
            className="min-w-0 flex-1 truncate text-xs"
            title={label ?? value ?? ''}
          >
            {label ?? value}
          </label>
          <Count value={count} className="text-2xs text-muted-foreground" />
        </div>
      ))}
    </fieldset>
  );
}

function counted({ counted: how }: Facet): string {
  return how === 'all' ? 'Counted in whole hours or days' : 'Counted among the newest 20,000 logs';
}
