import { z } from 'zod';

export const CUSTOMER_RANGES = ['24h', '7d', '30d', '90d'] as const;
export type CustomerRange = (typeof CUSTOMER_RANGES)[number];

export const CUSTOMER_SORTS = ['cost', 'requests', 'tokens', 'errors', 'last_active', 'customer'] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

const parameter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), schema);

/** What the page's URL can say. A part that makes no sense is ignored, so that an old link still opens. */
export const customerFilters = z.object({
  range: parameter(z.enum(CUSTOMER_RANGES).catch('30d')),
  /** Unset: production, or test where the organization has nothing else. */
  environment: parameter(z.enum(['production', 'test']).optional().catch(undefined)),
  q: parameter(z.string().trim().min(1).max(200).optional().catch(undefined)),
  /** The largest first; of names the first. */
  sort: parameter(z.enum(CUSTOMER_SORTS).catch('cost')),
  page: parameter(z.coerce.number().int().min(1).max(2000).catch(1)),
});
export type CustomerFilters = z.infer<typeof customerFilters>;

export interface CustomerRow {
  readonly customer: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly tokens: number;
  /** Whole nano-dollars as text. */
  readonly costNanoUsd: string;
  readonly unpricedRequests: number;
  readonly activeDays: number;
  /** The start of the hour, of the last two days; before that of the day. */
  readonly lastActive: Date;
}

/** What customers come to: of the last 90 and 30 days and 24 hours. */
export interface CustomerFigures {
  readonly customers: number;
  readonly monthlyActive: number;
  readonly dailyActive: number;
  readonly newCustomers: number;
  /** By each on a day that they are active; null where nobody was. */
  readonly requestsADay: number | null;
  /** Whole nano-dollars as text. */
  readonly monthlyCostEachNanoUsd: string | null;
}

export interface CustomerPage {
  readonly rows: readonly CustomerRow[];
  /** Of all pages. */
  readonly count: number;
  readonly figures: CustomerFigures;
  readonly environment: 'production' | 'test';
}

export const CUSTOMERS_A_PAGE = 50;

export interface CustomerDetail extends CustomerRow {
  readonly environment: 'production' | 'test';
  readonly firstSeen: Date;
  readonly bucketWidth: 'hour' | 'day';
  /** Milliseconds since the epoch. */
  readonly buckets: readonly number[];
  readonly requestsOverTime: readonly number[];
  readonly errorsOverTime: readonly number[];
  readonly tokensOverTime: readonly number[];
  /** Dollars. */
  readonly costOverTime: readonly number[];
  /** Of all its logs that are kept, in both environments; null where none are. */
  readonly logs: {
    readonly averageLatencyMs: number | null;
    readonly averageTtftMs: number | null;
    readonly models: readonly { readonly model: string | null; readonly requests: number }[];
  } | null;
}
