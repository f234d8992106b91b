import { z } from 'zod';

/** Time ranges that end now. Each has its own bucket width, see window.ts. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

/** What charts can be broken down by. */
export const BREAKDOWNS = ['model', 'provider', 'key'] as const;

/** Where the bands of the latency heat map begin, in milliseconds; the last one has no end. */
export const HEAT_BANDS_MS = [0, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 60_000] as const;

/** Who can cause an error. */
export const FAILURE_CAUSES = ['provider', 'caller', 'limit', 'gateway'] as const;

/** A query parameter that may be missing, repeated or nonsense: the first usable value, or the fallback. */
const parameter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), schema);

/** An IANA time zone that this runtime knows; anything else reads as UTC. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      return false;
    }
  })
  .catch('UTC');

/** What the dashboard's URL can say. A part that makes no sense is ignored, so that an old link still opens. */
export const dashboardFilters = z.object({
  range: parameter(z.enum(RANGES).catch('24h')),
  /** Unset: production, or test where the organization has nothing else. */
  environment: parameter(z.enum(['production', 'test']).optional().catch(undefined)),
  model: parameter(z.string().min(1).max(200).optional().catch(undefined)),
  key: parameter(z.guid().optional().catch(undefined)),
  /** What cost and requests over time are broken down by. */
  by: parameter(z.enum(BREAKDOWNS).catch('model')),
});
export type DashboardFilters = z.infer<typeof dashboardFilters>;

const count = z.number().int().nonnegative();
const nanoUsd = z.string().regex(/^-?\d+$/);
const milliseconds = z.number().nonnegative().nullable();
const ratio = z.number().nullable();

/** The figures of one period. Rates are fractions of 1; null where there was nothing to measure. */
const figures = z.object({
  requests: count,
  simulatedRequests: count,
  unpricedRequests: count,
  errors: count,
  costNanoUsd: nanoUsd,
  errorRate: ratio,
  latencyP50Ms: milliseconds,
  latencyP90Ms: milliseconds,
  latencyP95Ms: milliseconds,
  latencyP99Ms: milliseconds,
  ttftP50Ms: milliseconds,
  ttftP90Ms: milliseconds,
  ttftP95Ms: milliseconds,
  ttftP99Ms: milliseconds,
  /** Output tokens a second while answers were being written. */
  tokensPerSecond: ratio,
  /** Prompt tokens read from cache, as a fraction of all prompt tokens. */
  cacheHitRate: ratio,
  /** What reading from the provider's cache saved, less what writing to it cost more; negative where that was more. */
  cacheSavedNanoUsd: nanoUsd,
  /** Successes after an attempt that failed: with the same model, or with another. */
  savedByRetry: count,
  savedByFallback: count,
  inputTokens: count,
  uncachedInputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
});
export type Figures = z.infer<typeof figures>;

/** Counts of one bucket. The outcomes do not overlap and add up to the requests. */
const volumePoint = z.object({
  at: z.number(),
  requests: count,
  ok: count,
  rateLimited: count,
  providerErrors: count,
  callerErrors: count,
  limitErrors: count,
  gatewayErrors: count,
  aborted: count,
  costNanoUsd: nanoUsd,
  uncachedInputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  cacheHitRate: ratio,
  tokensPerSecond: ratio,
});
export type VolumePoint = z.infer<typeof volumePoint>;

/** Percentiles of one bucket; null where nothing finished in it. */
const latencyPoint = z.object({
  at: z.number(),
  p50Ms: milliseconds,
  p90Ms: milliseconds,
  p95Ms: milliseconds,
  p99Ms: milliseconds,
  ttftP50Ms: milliseconds,
  ttftP90Ms: milliseconds,
  ttftP95Ms: milliseconds,
  ttftP99Ms: milliseconds,
  /** How many successful requests took as long as each of HEAT_BANDS_MS. */
  bands: z.array(count),
});
export type LatencyPoint = z.infer<typeof latencyPoint>;

/** One area: a value for every bucket. */
const series = z.object({
  /** Of a model, provider or key, or null for everything past the first seven. */
  id: z.string().nullable(),
  values: z.array(z.number()),
});
export type Series = z.infer<typeof series>;

const rankedRow = z.object({
  /** Empty for requests that were refused before it was known. */
  id: z.string(),
  requests: count,
  errors: count,
  costNanoUsd: nanoUsd,
  /** Successful requests whose price is not known; the cost is without them. */
  unpricedRequests: count,
});
export type RankedRow = z.infer<typeof rankedRow>;

export const topCustomersSchema = z.object({
  rows: z.array(rankedRow),
  /** Milliseconds since the epoch: where the first clock hour that counts begins. Null where nothing is counted. */
  since: z.number().nullable(),
});
export type TopCustomers = z.infer<typeof topCustomersSchema>;

const failureRow = z.object({ cause: z.enum(FAILURE_CAUSES), statusCode: z.number().int(), requests: count });
export type FailureRow = z.infer<typeof failureRow>;

/** How a provider answered the attempts made with one credential, a bucket. */
const credentialHealth = z.object({
  provider: z.string(),
  /** Null where the caller brought the credential. */
  credentialId: z.guid().nullable(),
  name: z.string(),
  lastFour: z.string().nullable(),
  attempts: z.array(count),
  /** 429 */
  rateLimited: z.array(count),
  /** 529 */
  overloaded: z.array(count),
  /** Other answers from 500 on, and connections that gave none or broke off. */
  failed: z.array(count),
});
export type CredentialHealth = z.infer<typeof credentialHealth>;

/** Everything the dashboard page draws, measured at one instant so that its parts agree. */
export const overviewSchema = z.object({
  range: z.enum(RANGES),
  environment: z.enum(['production', 'test']),
  /** Milliseconds since the epoch; `to` is the moment of the question. */
  from: z.number(),
  to: z.number(),
  /** Starts of the buckets; the last one is still filling. */
  buckets: z.array(z.number()),
  bucketWidth: z.enum(['minute', 'hour', 'two_hours', 'day']),
  /** Whether this organization has any request in any environment, ever. */
  hasTraffic: z.boolean(),
  summary: z.object({ current: figures, previous: figures.nullable() }),
  volume: z.array(volumePoint),
  latency: z.array(latencyPoint),
  by: z.enum(BREAKDOWNS),
  /** Dollars a bucket. */
  costBy: z.array(series),
  requestsBy: z.array(series),
  /** The chart colour of each model, provider or key, 0 to 7, the same in every range. */
  colors: z.record(z.string(), z.number().int().min(0).max(7)),
  top: z.object({
    model: z.array(rankedRow),
    provider: z.array(rankedRow),
    key: z.array(rankedRow),
  }),
  /** Of the models in `top`, whatever the charts are broken down by. */
  modelColors: z.record(z.string(), z.number().int().min(0).max(7)),
  /** Names of the keys above by id; one that is not here was deleted. */
  keyNames: z.record(z.string(), z.string()),
  failures: z.array(failureRow),
  /** Of all models and keys: attempts are counted by credential alone. */
  credentials: z.array(credentialHealth),
  /** Names of the model and key filtered by, for their chips. */
  filteredBy: z.object({
    model: z.string().nullable(),
    key: z.object({ id: z.guid(), name: z.string() }).nullable(),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
