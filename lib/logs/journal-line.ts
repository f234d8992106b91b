import { z } from 'zod';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';
import type { EncodedJson, EncodedRow } from './rows';

/**
 * An intent is the line ["i", id, intent]; an outcome is the line ["o", id, outcome, request bytes, response bytes], the two
 * bodies as they are, and a newline. Bodies stay out of the JSON because escaping them costs more than everything else.
 */
export type Chunk = string | Buffer;

export function intentFrame(intent: LogIntent): string {
  return `["i","${intent.id}",${JSON.stringify(intent)}]\n`;
}

/** @throws TypeError when the record is not plain JSON */
export function outcomeFrame(record: LogRecord, { request, response }: Bodies, json: EncodedJson): Chunk[] {
  const { cost, payload } = record;
  const flat = JSON.stringify(flatOf(record)).slice(0, -1);
  const price = cost && json.pricing ? `{"costNanoUsd":"${cost.costNanoUsd}",${json.pricing.slice(1)}` : 'null';
  const headers = `"requestHeaders":${json.requestHeaders},"responseHeaders":${json.responseHeaders}`;
  const kept = payload ? `{"request":null,"response":null,${headers}}` : 'null';
  const head = `["o","${record.id}",${flat},"cost":${price},"attempts":${json.attempts},"payload":${kept}}`;
  return [`${head},${request?.length ?? null},${response?.length ?? null}]\n`, request ?? '', response ?? '', '\n'];
}

/** Written out, not spread: a copy of a record this wide costs three times what its JSON does. */
function flatOf(record: LogRecord): Omit<LogRecord, 'cost' | 'payload' | 'attempts'> {
  return {
    id: record.id,
    organizationId: record.organizationId,
    environment: record.environment,
    simulated: record.simulated,
    logMethod: record.logMethod,
    logType: record.logType,
    apiKeyId: record.apiKeyId,
    endpoint: record.endpoint,
    provider: record.provider,
    requestedModel: record.requestedModel,
    model: record.model,
    stream: record.stream,
    status: record.status,
    statusCode: record.statusCode,
    errorCause: record.errorCause,
    errorType: record.errorType,
    errorMessage: record.errorMessage,
    stopReason: record.stopReason,
    startedAt: record.startedAt,
    latencyMs: record.latencyMs,
    ttftMs: record.ttftMs,
    usage: record.usage,
    owedNanoUsd: record.owedNanoUsd,
    credentialSource: record.credentialSource,
    credentialId: record.credentialId,
    credentialHint: record.credentialHint,
    untouched: record.untouched,
    alterations: record.alterations,
    warnings: record.warnings,
    promptPreview: record.promptPreview,
    replyPreview: record.replyPreview,
    customerIdentifier: record.customerIdentifier,
    threadIdentifier: record.threadIdentifier,
    customIdentifier: record.customIdentifier,
    metadata: record.metadata,
  };
}

type Bodies = Pick<EncodedRow, 'request' | 'response'>;

const START = /^\["([io])","([^"]{1,64})",\{/;
const END = /,(null|\d{1,10}),(null|\d{1,10})\]$/;

/** What a frame's first line says about it without parsing the JSON; null for what is no frame. */
export function identify(head: Buffer): { kind: 'i' | 'o'; id: string; bodyBytes: number } | null {
  const start = START.exec(head.toString('latin1', 0, 80));
  const id = start?.[2];
  if (!id) return null;
  if (start[1] === 'i') return { kind: 'i', id, bodyBytes: 0 };
  const end = END.exec(head.toString('latin1', Math.max(0, head.length - 30)));
  return end && { kind: 'o', id, bodyBytes: (Number(end[1]) || 0) + (Number(end[2]) || 0) + 1 };
}

/** @throws Error when the line is not an intent of ours */
export function parseIntent(head: Buffer): LogIntent {
  return intentTuple.parse(JSON.parse(head.toString('utf8')))[2];
}

/** @throws Error when the frame is not an outcome of ours */
export function parseOutcome(head: Buffer, bodies: Buffer): LogRecord {
  const [, , record, request, response] = outcomeTuple.parse(JSON.parse(head.toString('utf8')));
  return { ...record, payload: withBodies(record.payload, bodies, request, response) };
}

/** The outcome in a frame as plain JSON, whatever it is. @throws Error when that cannot be read */
export function describeOutcome(head: Buffer, bodies: Buffer): unknown {
  const [, , record, request, response] = looseTuple.parse(JSON.parse(head.toString('utf8')));
  return { ...record, payload: withBodies(record.payload, bodies, request, response) };
}

function withBodies<P extends object>(
  payload: P | null,
  bodies: Buffer,
  request: number | null,
  response: number | null,
) {
  if (!payload) return null;
  const middle = request ?? 0;
  return {
    ...payload,
    request: request === null ? null : bodies.toString('utf8', 0, middle),
    response: response === null ? null : bodies.toString('utf8', middle, middle + response),
  };
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
  digests: z.object({ received: string, sent: string }).nullable().default(null),
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
  owedNanoUsd: z.string().regex(/^\d+$/).optional(),
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

const loose = z.looseObject({ payload: z.looseObject({}).nullable() });
const intentTuple = z.tuple([z.literal('i'), string, intentSchema]);
const outcomeTuple = z.tuple([z.literal('o'), string, outcomeSchema, optionalNumber, optionalNumber]);
const looseTuple = z.tuple([z.literal('o'), string, loose, optionalNumber, optionalNumber]);
