import type { Overview } from '@/lib/analytics/schema';
import { withSearch } from '../ui/use-search';

/** A condition of the log page: a documented field, how it is compared, and with what. */
export interface LogFilter {
  readonly field: string;
  readonly operator?: 'gte' | 'lt';
  readonly value: readonly (string | number)[];
}

/** What narrows the logs behind a figure, beside what the dashboard itself is filtered by. */
export interface LogLink {
  readonly model?: string;
  readonly key?: string;
  readonly status?: 'success' | 'error' | 'aborted';
  readonly cause?: string;
  /** Of one bucket; without it the whole range. */
  readonly bucket?: number;
  readonly filters?: readonly LogFilter[];
}

/** The address of the logs behind a figure. */
export function logsHref(overview: Overview, { bucket, filters, ...link }: LogLink): string {
  const { range, environment, buckets, filteredBy } = overview;
  const from = bucket === undefined ? undefined : buckets[bucket];
  const to = bucket === undefined ? undefined : buckets[bucket + 1];
  const shared = { range, environment, model: filteredBy.model, key: filteredBy.key?.id, ...link };
  return `/logs${withSearch({}, { ...shared, from, to, filters: filters && JSON.stringify(filters) })}`;
}

/** What every card of the dashboard gets. */
export interface CardProps {
  overview: Overview;
  timeZone: string;
  /** Shows the logs behind a point. */
  onLogs: (link: LogLink) => void;
  className?: string;
}
