import { z } from 'zod';
import { logFilter } from './filters/schema';
import { unpackPricing } from './pricing-json';

export const LOG_STATUSES = ['success', 'error', 'aborted', 'interrupted'] as const;
export type LogStatus = (typeof LOG_STATUSES)[number];

export const ERROR_CAUSES = ['caller', 'provider', 'limit', 'gateway'] as const;
export type ErrorCause = (typeof ERROR_CAUSES)[number];

const parameter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), schema.optional().catch(undefined));

function readFilters(given: unknown): unknown[] {
  try {
    const listed: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    return Array.isArray(listed) ? listed.slice(0, 50).filter((filter) => logFilter.safeParse(filter).success) : [];
  } catch {
    return [];
  }
}

export const LOG_RANGES = ['1h', '24h', '7d', '30d', 'all'] as const;
export type LogRange = (typeof LOG_RANGES)[number];

/** What the log page's URL can say. A part that makes no sense is ignored, so that an old link still opens. */
export const logFilters = z.object({
  model: parameter(z.string().min(1).max(200)),
  status: parameter(z.enum(LOG_STATUSES)),
  cause: parameter(z.enum(ERROR_CAUSES)),
  key: parameter(z.guid()),
  environment: parameter(z.enum(['production', 'test'])),
  range: parameter(z.enum(LOG_RANGES)).transform((range) => range ?? '24h'),
  /** Milliseconds since the epoch: a stretch of time that replaces the range, as a click into a chart gives it. */
  from: parameter(z.coerce.number().int().min(0).max(8e15)),
  to: parameter(z.coerce.number().int().min(0).max(8e15)),
  /** JSON: conditions by any field, `[{"field":"cost","operator":"gt","value":[0.01]}]`. Those that make no sense are ignored. */
  filters: z.preprocess(readFilters, z.array(logFilter)),
  /** Words to find in prompts and answers. */
  q: parameter(z.string().trim().min(1).max(200)),
  /** Where to: their first lines, of the whole time at once, or whole bodies, newest first. */
  in: parameter(z.enum(['bodies'])),
  older: parameter(z.guid()),
  newer: parameter(z.guid()),
});
export type LogFilters = z.infer<typeof logFilters>;

const nanoUsd = z.string().regex(/^-?\d+$/);
const count = z.number().int().nullable();
const at = z.number();

/** One line of the log table. Times are milliseconds since the epoch, money whole nano-dollars as text. */
export const logRow = z.object({
  id: z.guid(),
  environment: z.enum(['production', 'test']),
  simulated: z.boolean(),
  logMethod: z.string(),
  stream: z.boolean(),
  status: z.enum(LOG_STATUSES),
  statusCode: z.number().int(),
  errorCause: z.enum(ERROR_CAUSES).nullable(),
  errorType: z.string().nullable(),
  errorMessage: z.string().nullable(),
  startedAt: at,
  provider: z.string().nullable(),
  /** The model that answered, else the one asked for. */
  model: z.string().nullable(),
  promptPreview: z.string().nullable(),
  replyPreview: z.string().nullable(),
  /** The whole prompt, cached parts included. */
  promptTokens: count,
  outputTokens: count,
  usageEstimated: z.boolean(),
  costNanoUsd: nanoUsd.nullable(),
  latencyMs: count,
  ttftMs: count,
  attemptCount: z.number().int(),
  endpoint: z.string(),
  stopReason: z.string().nullable(),
  cacheReadTokens: count,
  customerIdentifier: z.string().nullable(),
  threadIdentifier: z.string().nullable(),
  keyId: z.guid().nullable(),
  keyName: z.string().nullable(),
});
export type LogRow = z.infer<typeof logRow>;

/** A page of logs, newest first. A cursor is the id to go on from; null where there is nothing more that way. */
export const logPage = z.object({
  rows: z.array(logRow),
  older: z.guid().nullable(),
  newer: z.guid().nullable(),
  environment: z.enum(['production', 'test']),
  /** Whether the organization has any log at all, so that an empty page can say what to do. */
  hasTraffic: z.boolean(),
});
export type LogPage = z.infer<typeof logPage>;

/** The cost of a log and what it is made of, as the writer stored it. */
export const pricingSchema = z.preprocess(
  unpackPricing,
  z.object({
    parts: z.array(
      z.object({
        class: z.string(),
        model: z.string(),
        quantity: z.number(),
        nanoUsdPerMillion: nanoUsd,
        costNanoUsd: nanoUsd,
      }),
    ),
    modifiers: z.array(z.string()),
    source: z.string(),
  }),
);
export type Pricing = z.infer<typeof pricingSchema>;

export const attemptSchema = z.object({
  provider: z.string(),
  model: z.string(),
  credentialSource: z.string(),
  credentialId: z.string().nullable(),
  credentialHint: z.string(),
  startedAfterMs: z.number(),
  durationMs: z.number(),
  statusCode: z.number().nullable(),
  reason: z.string(),
  outcome: z.string(),
  /** SHA-256 of what the caller sent and of what was sent on; logs from before it was kept have none. */
  digests: z.object({ received: z.string(), sent: z.string() }).nullable().default(null),
});
export type Attempt = z.infer<typeof attemptSchema>;

const headers = z.record(z.string(), z.string());

/** Everything a log's page shows. Parts that cannot be read (an older format) are null, never an error. */
export const logDetail = logRow.omit({ keyId: true, keyName: true }).extend({
  logType: z.string(),
  endpoint: z.string(),
  requestedModel: z.string().nullable(),
  stopReason: z.string().nullable(),
  tokens: z.object({
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    reasoning: count,
    webSearches: count,
  }),
  pricing: pricingSchema.nullable(),
  key: z.object({ id: z.guid(), name: z.string(), prefix: z.string().nullable() }).nullable(),
  credential: z.object({ source: z.string(), name: z.string().nullable(), lastFour: z.string().nullable() }).nullable(),
  untouched: z.boolean(),
  alterations: z.array(z.string()),
  warnings: z.array(z.string()),
  customerIdentifier: z.string().nullable(),
  threadIdentifier: z.string().nullable(),
  customIdentifier: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  payload: z
    .object({
      request: z.string().nullable(),
      response: z.string().nullable(),
      /** Characters of the whole bodies, where only their beginnings are here. */
      requestLength: z.number().int().optional(),
      responseLength: z.number().int().optional(),
      requestHeaders: headers.nullable(),
      responseHeaders: headers.nullable(),
      attempts: z.array(attemptSchema).nullable(),
    })
    .nullable(),
});
export type LogDetail = z.infer<typeof logDetail>;

/** A piece of a message as it is shown. Tool inputs and unknown kinds are pretty-printed JSON. */
export type Block = Shape & {
  /** The prompt is cached up to here, for so long: "5m", "1h". */
  readonly cachedFor?: string;
};

type Shape =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string; readonly hidden: boolean }
  | { readonly type: 'image'; readonly dataUrl: string | null; readonly link: string | null; readonly label: string }
  | { readonly type: 'tool_use'; readonly id: string | null; readonly name: string; readonly input: string }
  | {
      readonly type: 'tool_result';
      readonly toolUseId: string | null;
      readonly failed: boolean;
      readonly blocks: readonly Block[];
    }
  | { readonly type: 'other'; readonly kind: string; readonly json: string };

export interface Turn {
  /** system, user, assistant, tool, or whatever the caller sent. */
  readonly role: string;
  readonly blocks: readonly Block[];
}

/** A request and its answer as a conversation. What could not be understood is shown as it is. */
export interface Conversation {
  readonly prompt: readonly Turn[];
  readonly reply: readonly Turn[];
  readonly tools: readonly { readonly name: string; readonly description: string | null }[];
  /** The stream stopped before its last event. */
  readonly cut: boolean;
  /** Turns before the first one here that are too many for a page. */
  readonly omittedTurns: number;
  /** Bodies that are in no known shape. */
  readonly raw: readonly { readonly part: 'request' | 'response'; readonly text: string }[];
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** What a reader thinks of an answer; null takes it back. */
export const logFeedback = z.object({
  positive: z.boolean().nullable(),
  note: z.string().trim().max(2000, 'A note has at most 2,000 characters.').nullable(),
});
export type LogFeedback = z.infer<typeof logFeedback>;

/** A log as it is shown. */
export const logView = z.object({
  log: logDetail,
  conversation: z.custom<Conversation>(isObject),
  /** Stretches of its time, one after the other. */
  phases: z.array(
    z.object({
      name: z.enum(['gateway', 'retries', 'waiting', 'streaming']),
      fromMs: z.number(),
      toMs: z.number(),
    }),
  ),
  tokensPerSecond: z.number().nullable(),
  feedback: logFeedback,
});
export type LogView = z.infer<typeof logView>;

/** Filters under a name. The search is the query of the log page's address, without what is open or how far one has read. */
export const newView = z.object({
  name: z.string().trim().min(1, 'Give the view a name.').max(80, 'A name has at most 80 characters.'),
  search: z.string().max(8000, 'These filters are too long to be kept.'),
  shared: z.boolean(),
});
export const savedView = newView.extend({ id: z.guid(), own: z.boolean() });
export type SavedView = z.infer<typeof savedView>;

export const SHARE_DAYS = [1, 7, 30] as const;
/** A link that shows one log to whoever has it. */
export const logShare = z.object({ id: z.guid(), createdAt: z.number(), expiresAt: z.number() });
export type LogShare = z.infer<typeof logShare>;
