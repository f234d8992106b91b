'use client';

import type { ReactNode } from 'react';
import { formatDate } from '@/lib/format';
import type { Facet, FilterField, LogFilterInput } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';
import { FilterChip } from './filter-chip';
import { FilterMenu } from './filter-menu';
import { type Change, isFiltered, WITHOUT_FILTERS } from './use-log-filters';

interface LogFilterBarProps {
  filters: LogFilters;
  facets: readonly Facet[];
  timeZone: string;
  /** Changes the address; paging starts over. */
  onChange: Change;
  setFilters: (filters: readonly LogFilterInput[]) => void;
  /** Search before the chips, and what stands behind them. */
  before: ReactNode;
  after: ReactNode;
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
export function LogFilterBar(props: LogFilterBarProps) {
  const { filters, facets, timeZone, onChange, setFilters, before, after } = props;
  const status = filters.status ? [filters.status, filters.cause].filter(Boolean).join(':') : null;
  const stretch = filters.from !== undefined || filters.to !== undefined;
  return (
    <section aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {before}
      <FilterMenu
        label="Status"
        options={STATUS_OPTIONS.map((option) => ({ ...option, count: statusCount(facets, option.value) }))}
        value={status}
        onChange={(value) => {
          const [chosen = null, cause = null] = value?.split(':') ?? [];
          onChange({ status: chosen, cause });
        }}
        empty=""
      />
      <FilterMenu
        label="Model"
        options={optionsOf(facets, 'model')}
        value={filters.model ?? null}
        onChange={(model) => onChange({ model })}
        empty="No models in this range"
      />
      <FilterMenu
        label="Key"
        options={optionsOf(facets, 'organization_key_id')}
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
      {filters.filters.map((filter, index) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a chip is known by its place in the address.
          key={index}
          filter={filter}
          isFirst={index === 0}
          filters={filters}
          nameOf={(field, value) => labelOf(facets, field, value)}
          onChange={(next) =>
            setFilters(
              next
                ? filters.filters.map((one, at) => (at === index ? next : one))
                : filters.filters.toSpliced(index, 1),
            )
          }
        />
      ))}
      {after}
      {isFiltered(filters) && (
        <button
          type="button"
          className="h-8 rounded-md px-2 text-muted-foreground text-xs hover:text-foreground"
          onClick={() => onChange(WITHOUT_FILTERS)}
        >
          Clear all
        </button>
      )}
    </section>
  );
}

function valuesOf(facets: readonly Facet[], field: FilterField): Facet['values'] {
  return facets.find((facet) => facet.field === field)?.values ?? [];
}

/** Keys that are gone have no name, and can't be told apart by people. */
function optionsOf(facets: readonly Facet[], field: FilterField) {
  return valuesOf(facets, field).flatMap(({ value, label, count }) => {
    const shown = field === 'organization_key_id' ? label : value;
    return value && shown ? [{ value, label: shown, count }] : [];
  });
}

function statusCount(facets: readonly Facet[], option: string): number | undefined {
  const [status, cause] = option.split(':');
  const [field, wanted] = cause ? (['error_cause', cause] as const) : (['status', status] as const);
  if (!facets.some((facet) => facet.field === field)) return undefined;
  return valuesOf(facets, field).find(({ value }) => value === wanted)?.count ?? 0;
}

function labelOf(facets: readonly Facet[], field: string, value: string): string {
  const found = facets.find((facet) => facet.field === field)?.values.find((one) => one.value === value);
  return found?.label ?? value;
}

function stretchLabel({ from, to }: LogFilters, timeZone: string): string {
  const day = (at: number) => formatDate(new Date(at), 'date', timeZone);
  const words = (at: number) => formatDate(new Date(at), 'datetime', timeZone).replace(/:00$/, '');
  if (from === undefined) return to === undefined ? '' : `before ${words(to)}`;
  if (to === undefined) return `since ${words(from)}`;
  const end = day(from) === day(to) ? formatDate(new Date(to), 'time', timeZone).replace(/:00$/, '') : words(to);
  return `${words(from)} – ${end}`;
}
