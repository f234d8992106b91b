import type { Series } from '@/lib/analytics/schema';
import { type OUTCOME_COLORS, slotColor } from '../charts/colors';
import type { ChartSeries } from '../charts/series';

/** What a log without a model is called. */
export const NO_MODEL = 'No model';

/** Models as chart series, each in the colour it has everywhere. */
export function modelSeries(series: readonly Series[], colors: Readonly<Record<string, number>>): ChartSeries[] {
  return series.map(({ name, values }) => ({
    name: name === null ? 'Other' : name || NO_MODEL,
    color: name === null ? slotColor(null) : slotColor(colors[name]),
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
