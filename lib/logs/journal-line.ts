import { z } from 'zod';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';

/**
 * A line is a JSON array ["i", id, intent] or ["o", id, outcome]. Kind and id come first, so that finding the intents
 * without an outcome needs no parsing.
 */
export type LineKind = 'i' | 'o';

export function intentLine(intent: LogIntent): string {
  return `["i","${intent.id}",${JSON.stringify(intent)}]\n`;
}

/** @throws TypeError when the record is not plain JSON */
export function outcomeLine(record: LogRecord): string {
  const { cost } = record;
  const plain = cost ? { ...record, cost: { ...cost, costNanoUsd: String(cost.costNanoUsd) } } : record;
  return `["o","${record.id}",${JSON.stringify(plain)}]\n`;
}

const INTENT_START = Buffer.from('["i","');
const OUTCOME_START = Buffer.from('["o","');
const QUOTE = 0x22;

/** The kind of a line and the id it is about; null for what a crash of the machine may have left. */
export function identify(line: Buffer): { kind: LineKind; id: string } | null {
  const start = line.subarray(0, 6);
  const kind = start.equals(OUTCOME_START) ? 'o' : start.equals(INTENT_START) ? 'i' : null;
  const end = line.indexOf(QUOTE, 6);
  return kind && end > 6 ? { kind, id: line.toString('latin1', 6, end) } : null;
}

/** @throws Error when the line is not an intent of ours */
export function parseIntent(line: Buffer): LogIntent {
  return z.tuple([z.literal('i'), z.string(), intentSchema]).parse(JSON.parse(line.toString('utf8')))[2];
}

/** @throws Error when the line is not an outcome of ours */
export function parseOutcome(line: Buffer): LogRecord {
  return outcomeTuple.parse(JSON.parse(line.toString('utf8')))[2];
}

const string = z.string();
const text = z.string().nullable();
const number = z.number();
const optionalNumber = z.number().nullable();
const strings = z.array(string);
const source = z.enum(['override', 'customer', 'integration', 'credits']);

const intentSchema = z.object({
  id: string,
  organizationId: string,
  environment: z.enum(['production', 'test']),
  apiKeyId: text,
  endpoint: string,
  requestedModel: text,
  startedAt: number,
  stream: z.boolean(),
}) satisfies z.ZodType<LogIntent>;

const tokens = {
  inputTokens: number,
  outputTokens: number,
  cacheReadTokens: number,
  cacheWrite5mTokens: number,
  cacheWrite1hTokens: number,
};

const usage = z.object({
  ...tokens,
  reasoningTokens: number,
  webSearches: number,
  serviceTier: text,
  speed: text,
  inferenceGeo: text,
  estimated: z.boolean(),
  iterations: z.array(z.object({ type: string, model: text, ...tokens })),
  refusal: z.object({ category: text, beforeOutput: z.boolean() }).nullable(),
});

const cost = z.object({
  costNanoUsd: z.string().transform(BigInt),
  parts: z.array(
    z.object({
      class: z.enum(['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'web_search']),
      model: string,
      quantity: number,
      nanoUsdPerMillion: string,
      costNanoUsd: string,
    }),
  ),
  modifiers: strings,
  source: string,
});

const attempt = z.object({
  provider: string,
  model: string,
  credentialSource: source,
  credentialId: text,
  credentialHint: string,
  startedAfterMs: number,
  durationMs: number,
  statusCode: optionalNumber,
  reason: string,
  outcome: string,
});

const headers = z.record(string, string).nullable();

const outcomeSchema = intentSchema.extend({
  simulated: z.boolean(),
  logMethod: z.enum(['inference', 'logging_api']),
  logType: string,
  provider: text,
  model: text,
  status: z.enum(['success', 'error', 'aborted', 'interrupted']),
  statusCode: number,
  errorCause: z.enum(['caller', 'provider', 'limit', 'gateway']).nullable(),
  errorType: text,
  errorMessage: text,
  stopReason: text,
  latencyMs: optionalNumber,
  ttftMs: optionalNumber,
  usage: usage.nullable(),
  cost: cost.nullable(),
  credentialSource: source.nullable(),
  credentialId: text,
  credentialHint: text,
  untouched: z.boolean(),
  alterations: strings,
  warnings: strings,
  attempts: z.array(attempt),
  promptPreview: text,
  replyPreview: text,
  customerIdentifier: text,
  threadIdentifier: text,
  customIdentifier: text,
  metadata: z.record(string, z.unknown()).nullable(),
  payload: z.object({ request: text, response: text, requestHeaders: headers, responseHeaders: headers }).nullable(),
}) satisfies z.ZodType<LogRecord>;

const outcomeTuple = z.tuple([z.literal('o'), string, outcomeSchema]);
