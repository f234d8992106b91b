'use client';

import { formatDate } from '@/lib/format';
import type { LogFilters } from '@/lib/logs/schema';
import { FilterMenu } from './filter-menu';
import { useLogFacets } from './use-logs';

interface LogFilterBarProps {
  filters: LogFilters;
  timeZone: string;
  /** Changes the address; paging starts over. */
  onChange: (patch: Record<string, string | null>) => void;
}

const STATUS_OPTIONS = [
  { value: 'success', label: 'OK' },
  { value: 'error', label: 'Failed, any cause' },
  { value: 'error:provider', label: 'Failed at the provider' },
  { value: 'error:caller', label: 'Refused: bad request' },
  { value: 'error:limit', label: 'Refused: over a limit' },
  { value: 'error:gateway', label: 'Failed in the gateway' },
  { value: 'aborted', label: 'Client left' },
  { value: 'interrupted', label: 'Interrupted' },
];

/** The filters as chips that are changed in place. */
export function LogFilterBar({ filters, timeZone, onChange }: LogFilterBarProps) {
  const { data: facets } = useLogFacets(filters);
  const status = filters.status ? [filters.status, filters.cause].filter(Boolean).join(':') : null;
  const stretch = filters.from !== undefined || filters.to !== undefined;
  const any = filters.model || filters.status || filters.key || stretch;
  return (
    <section aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <FilterMenu
        label="Status"
        options={STATUS_OPTIONS}
        value={status}
        onChange={(value) => {
          const [chosen = null, cause = null] = value?.split(':') ?? [];
          onChange({ status: chosen, cause });
        }}
        empty=""
      />
      <FilterMenu
        label="Model"
        options={facets?.models.map((model) => ({ value: model, label: model })) ?? []}
        value={filters.model ?? null}
        onChange={(model) => onChange({ model })}
        empty="No models in this range"
      />
      <FilterMenu
        label="Key"
        options={facets?.keys.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={filters.key ?? null}
        valueLabel="Another key"
        onChange={(key) => onChange({ key })}
        empty="No keys in this range"
      />
      {stretch && (
        <FilterMenu
          label="Time"
          options={[]}
          value="stretch"
          valueLabel={stretchLabel(filters, timeZone)}
          onChange={() => onChange({ from: null, to: null })}
          empty="Remove this to choose a range again"
        />
      )}
      {any && (
        <button
          type="button"
          className="h-8 rounded-md px-2 text-muted-foreground text-xs hover:text-foreground"
          onClick={() => onChange({ status: null, cause: null, model: null, key: null, from: null, to: null })}
        >
          Clear all
        </button>
      )}
    </section>
  );
}

function stretchLabel({ from, to }: LogFilters, timeZone: string): string {
  const day = (at: number) => formatDate(new Date(at), 'date', timeZone);
  const words = (at: number) => formatDate(new Date(at), 'datetime', timeZone).replace(/:00$/, '');
  if (from === undefined) return to === undefined ? '' : `before ${words(to)}`;
  if (to === undefined) return `since ${words(from)}`;
  const end = day(from) === day(to) ? formatDate(new Date(to), 'time', timeZone).replace(/:00$/, '') : words(to);
  return `${words(from)} – ${end}`;
}
