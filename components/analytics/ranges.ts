import type { Range } from '@/lib/analytics/schema';

export const RANGE_OPTIONS: readonly { value: Range; label: string; title: string }[] = [
  { value: '1h', label: '1 h', title: 'Last hour' },
  { value: '24h', label: '24 h', title: 'Last 24 hours' },
  { value: '7d', label: '7 d', title: 'Last 7 days' },
  { value: '30d', label: '30 d', title: 'Last 30 days' },
];

/** "in the last 7 days", without the "in the". */
export const RANGE_WORDS: Readonly<Record<Range, string>> = {
  '1h': 'last hour',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
};

export const PREVIOUS_WORDS: Readonly<Record<Range, string>> = {
  '1h': 'previous hour',
  '24h': 'previous 24 hours',
  '7d': 'previous 7 days',
  '30d': 'previous 30 days',
};

export const ENVIRONMENT_OPTIONS = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
] as const;
