import {
  FILTER_FIELDS,
  type FilterOperator,
  isFilterField,
  type LogFilter,
  METADATA_PREFIX,
} from '@/lib/logs/filters/schema';

export const OPERATOR_WORDS: Readonly<Record<FilterOperator, string>> = {
  '': 'is',
  not: 'is not',
  in: 'is one of',
  isnull: 'is empty',
  lt: 'less than',
  lte: 'at most',
  gt: 'more than',
  gte: 'at least',
  iexact: 'is, in any case',
  contains: 'contains, same case',
  icontains: 'contains',
  startswith: 'starts with',
  endswith: 'ends with',
};

const TIME_WORDS: Partial<Record<FilterOperator, string>> = {
  lt: 'before',
  lte: 'until',
  gt: 'after',
  gte: 'from',
};

const UNITS: Readonly<Record<string, string>> = {
  cost: '$',
  latency: 's',
  time_to_first_token: 's',
  tokens_per_second: 'tokens/s',
};

export function fieldLabel(field: string): string {
  return isFilterField(field) ? FILTER_FIELDS[field].label : field.slice(METADATA_PREFIX.length);
}

export function operatorLabel(field: string, operator: FilterOperator): string {
  const time = isFilterField(field) && FILTER_FIELDS[field].kind === 'time' ? TIME_WORDS[operator] : undefined;
  return time ?? OPERATOR_WORDS[operator];
}

export function unitOf(field: string): string | null {
  return UNITS[field] ?? null;
}

/** A filter in words: "Cost more than 0.01 $". @param nameOf what stands for a value, as a key's name for its id */
export function filterWords(
  { field, operator, value }: LogFilter,
  nameOf: (value: string) => string = (given) => given,
): { label: string; operator: string; value: string } {
  const label = fieldLabel(field);
  if (operator === 'isnull') return { label, operator: value.every(Boolean) ? 'is empty' : 'has a value', value: '' };
  const texts = value.map((one) => (typeof one === 'boolean' ? (one ? 'yes' : 'no') : nameOf(String(one))));
  const unit = unitOf(field);
  const shown = texts.length > 3 ? `${texts.slice(0, 2).join(', ')} and ${texts.length - 2} more` : texts.join(' or ');
  return { label, operator: operatorLabel(field, operator), value: unit ? `${shown} ${unit}` : shown };
}
