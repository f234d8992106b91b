import type { Overview, Series } from '@/lib/analytics/schema';
import { type OUTCOME_COLORS, slotColor } from '../charts/colors';
import type { ChartSeries } from '../charts/series';

const NO_KEY = '00000000-0000-0000-0000-000000000000';

/** What a model, provider or key is called; an empty one is what was refused before it was known. */
export function nameOf({ keyNames }: Pick<Overview, 'keyNames'>, by: Overview['by'], id: string): string {
  if (by === 'model') return id || 'No model';
  if (by === 'provider') return id || 'No provider';
  return keyNames[id] ?? (id === NO_KEY ? 'No key' : `Deleted key ${id.slice(-4)}`);
}

/** Whether logs can be filtered by it. */
export function isKnown(id: string): boolean {
  return id !== '' && id !== NO_KEY;
}

/** What a chart is broken down by, each part in the colour it has everywhere. */
export function breakdownSeries(overview: Overview, series: readonly Series[]): ChartSeries[] {
  const { by, colors } = overview;
  return series.map(({ id, values }) => ({
    name: id === null ? 'Other' : nameOf(overview, by, id),
    color: slotColor(id === null ? null : colors[id]),
    values,
  }));
}

export const OUTCOMES = [
  { key: 'ok', name: 'OK' },
  { key: 'rateLimited', name: 'Rate limited' },
  { key: 'providerErrors', name: 'Provider error' },
  { key: 'callerErrors', name: 'Bad request' },
  { key: 'limitErrors', name: 'Over limit' },
  { key: 'gatewayErrors', name: 'Gateway error' },
  { key: 'aborted', name: 'Client left' },
] as const satisfies readonly { key: keyof typeof OUTCOME_COLORS; name: string }[];
