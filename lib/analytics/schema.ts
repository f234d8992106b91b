import { z } from 'zod';

/** Time ranges that end now. Each has its own bucket width, see window.ts. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

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
});
export type DashboardFilters = z.infer<typeof dashboardFilters>;

const count = z.number().int().nonnegative();
const nanoUsd = z.string().regex(/^-?\d+$/);
const milliseconds = z.number().nonnegative().nullable();
const ratio = z.number().nullable();

/** The six figures of one period. Rates are fractions of 1; null where there was nothing to measure. */
const figures = z.object({
  requests: count,
  simulatedRequests: count,
  unpricedRequests: count,
  errors: count,
  costNanoUsd: nanoUsd,
  errorRate: ratio,
  latencyP50Ms: milliseconds,
  latencyP95Ms: milliseconds,
  ttftP50Ms: milliseconds,
  /** Prompt tokens read from cache, as a fraction of all prompt tokens. */
  cacheHitRate: ratio,
  inputTokens: count,
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
  cacheHitRate: ratio,
});
export type VolumePoint = z.infer<typeof volumePoint>;

/** Percentiles of one bucket; null where nothing finished in it. */
const latencyPoint = z.object({
  at: z.number(),
  p50Ms: milliseconds,
  p95Ms: milliseconds,
  p99Ms: milliseconds,
  ttftP50Ms: milliseconds,
});
export type LatencyPoint = z.infer<typeof latencyPoint>;

/** One line or area: a value for every bucket. */
const series = z.object({
  /** A model, or null for everything past the first seven. */
  name: z.string().nullable(),
  values: z.array(z.number()),
});
export type Series = z.infer<typeof series>;

const modelRow = z.object({
  /** Empty for requests that were refused before a model was known. */
  model: z.string(),
  requests: count,
  errors: count,
  costNanoUsd: nanoUsd,
  /** Successful requests whose price is not known; the cost is without them. */
  unpricedRequests: count,
});
export type ModelRow = z.infer<typeof modelRow>;

const keyRow = z.object({
  /** Null for requests without a key of ours. */
  keyId: z.guid().nullable(),
  name: z.string(),
  requests: count,
  errors: count,
  costNanoUsd: nanoUsd,
  unpricedRequests: count,
});
export type KeyRow = z.infer<typeof keyRow>;

/** Everything the dashboard page draws, measured at one instant so that its parts agree. */
export const overviewSchema = z.object({
  range: z.enum(RANGES),
  environment: z.enum(['production', 'test']),
  /** Milliseconds since the epoch; `to` is the moment of the question. */
  from: z.number(),
  to: z.number(),
  /** Starts of the buckets; the last one is still filling. */
  buckets: z.array(z.number()),
  bucketWidth: z.enum(['minute', 'quarter', 'two_hours', 'day']),
  /** Whether this organization has any request in any environment, ever. */
  hasTraffic: z.boolean(),
  summary: z.object({ current: figures, previous: figures.nullable() }),
  volume: z.array(volumePoint),
  latency: z.array(latencyPoint),
  /** Dollars a bucket, by model. */
  costByModel: z.array(series),
  requestsByModel: z.array(series),
  topModels: z.array(modelRow),
  topKeys: z.array(keyRow),
  /** The chart colour of each model, 0 to 7, the same in every range. */
  colors: z.record(z.string(), z.number().int().min(0).max(7)),
  /** Names of the model and key filtered by, for their chips. */
  filteredBy: z.object({
    model: z.string().nullable(),
    key: z.object({ id: z.guid(), name: z.string() }).nullable(),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
