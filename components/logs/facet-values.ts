import type { FilterField, LogFilterInput } from '@/lib/logs/filters/schema';
import type { LogFilters } from '@/lib/logs/schema';

/** The address's short parameters, and the fields they stand for. */
const SHORT: Partial<Record<FilterField, 'model' | 'status' | 'key' | 'cause'>> = {
  model: 'model',
  status: 'status',
  organization_key_id: 'key',
  error_cause: 'cause',
};

/** The values of a field that are let through; none where it is not filtered by plain values. */
export function chosenValues(filters: LogFilters, field: FilterField): readonly string[] {
  const short = SHORT[field];
  const given = short ? filters[short] : undefined;
  const listed = filters.filters.filter((filter) => isPlain(filter) && filter.field === field);
  return [...(given ? [given] : []), ...listed.flatMap(({ value }) => value.map(String))];
}

/** The address after one value of a field was let in, or kept out. */
export function toggledValue(filters: LogFilters, field: FilterField, value: string): Record<string, string | null> {
  const chosen = chosenValues(filters, field);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  const others: LogFilterInput[] = filters.filters.filter((filter) => !isPlain(filter) || filter.field !== field);
  const all = next.length > 0 ? [...others, { field, operator: '' as const, value: next }] : others;
  const short = SHORT[field];
  return { ...(short ? { [short]: null } : {}), filters: all.length > 0 ? JSON.stringify(all) : null };
}

function isPlain({ operator, connector }: LogFilters['filters'][number]): boolean {
  return (operator === '' || operator === 'in') && connector === 'AND';
}
