import type { LoggedBody, LogRecord } from '@/lib/gateway/log-record';
import { type BodyPart, splitBody } from './body-parts';
import { dayOf } from './partitions';
import { packPricing } from './pricing-json';
import { RowEncoder } from './rows-binary';
import { clip, storableBytes, storableJson, toBigint } from './storable';

/** One log, ready for COPY: a row for each table. */
export interface EncodedRow {
  readonly log: Buffer;
  /** Null where there is nothing to keep. */
  readonly payload: Buffer | null;
  /** What the payload row refers to, and the day it is kept under (its start in UTC, milliseconds since the epoch). */
  readonly parts: { readonly day: number; readonly list: readonly BodyPart[] } | null;
  /** The bodies as the journal keeps them too. */
  readonly request: Buffer | null;
  readonly response: Buffer | null;
}

/** What is nested in a log, as storable JSON: the row and the journal both hold it, and writing it is most of their cost. */
export interface EncodedJson {
  readonly pricing: string | null;
  readonly requestHeaders: string | null;
  readonly responseHeaders: string | null;
  readonly attempts: string;
}

type Field = (row: RowEncoder, record: LogRecord, json: EncodedJson) => unknown;

/** Every column of a log and how it is encoded, in the order of the row. */
const LOG_FIELDS: Readonly<Record<string, Field>> = {
  organizationId: (row, record) => row.uuid(record.organizationId),
  id: (row, record) => row.uuid(record.id),
  environment: (row, record) => row.text(record.environment),
  simulated: (row, record) => row.boolean(record.simulated),
  logMethod: (row, record) => row.text(record.logMethod),
  logType: (row, record) => row.text(record.logType),
  apiKeyId: (row, record) => row.uuid(record.apiKeyId),
  endpoint: (row, record) => row.text(record.endpoint),
  provider: (row, record) => row.text(clip(record.provider)),
  requestedModel: (row, record) => row.text(clip(record.requestedModel)),
  model: (row, record) => row.text(clip(record.model)),
  stream: (row, record) => row.boolean(record.stream),
  status: (row, record) => row.text(record.status),
  statusCode: (row, record) => row.smallint(record.statusCode),
  errorCause: (row, record) => row.text(record.errorCause),
  errorType: (row, record) => row.text(record.errorType),
  errorMessage: (row, record) => row.text(record.errorMessage),
  stopReason: (row, record) => row.text(record.stopReason),
  startedAt: (row, record) => row.time(record.startedAt),
  latencyMs: (row, record) => row.integer(record.latencyMs),
  ttftMs: (row, record) => row.integer(record.ttftMs),
  inputTokens: (row, record) => row.integer(record.usage?.inputTokens),
  outputTokens: (row, record) => row.integer(record.usage?.outputTokens),
  cacheReadTokens: (row, record) => row.integer(record.usage?.cacheReadTokens),
  cacheWrite5mTokens: (row, record) => row.integer(record.usage?.cacheWrite5mTokens),
  cacheWrite1hTokens: (row, record) => row.integer(record.usage?.cacheWrite1hTokens),
  reasoningTokens: (row, record) => row.integer(record.usage?.reasoningTokens),
  webSearches: (row, record) => row.integer(record.usage?.webSearches),
  usageEstimated: (row, record) => row.boolean(record.usage?.estimated ?? false),
  costNanoUsd: (row, record) => row.bigint(record.cost && toBigint(record.cost.costNanoUsd)),
  pricing: (row, record) => row.json(record.cost && storableJson(packPricing(record.cost))),
  credentialSource: (row, record) => row.text(record.credentialSource),
  credentialId: (row, record) => row.uuid(record.credentialId),
  credentialHint: (row, record) => row.text(record.credentialHint),
  untouched: (row, record) => row.boolean(record.untouched),
  alterations: (row, record) => row.texts(record.alterations),
  warnings: (row, record) => row.texts(record.warnings),
  attemptCount: (row, record) => row.smallint(record.attempts.length),
  promptPreview: (row, record) => row.text(record.promptPreview),
  replyPreview: (row, record) => row.text(record.replyPreview),
  customerIdentifier: (row, record) => row.text(record.customerIdentifier),
  threadIdentifier: (row, record) => row.text(record.threadIdentifier),
  customIdentifier: (row, record) => row.text(record.customIdentifier),
  metadata: (row, record) => row.json(encodeJson(record.metadata)),
};

export const LOG_COLUMNS = Object.keys(LOG_FIELDS);
export const PAYLOAD_COLUMNS = [
  ...['organizationId', 'id', 'request', 'response', 'requestHeaders', 'responseHeaders', 'attempts'],
  ...['requestParts', 'partsDay'],
];

export const PART_COLUMNS = ['organizationId', 'day', 'digest', 'content'];

const fields = Object.values(LOG_FIELDS);
const encoder = new RowEncoder();

/**
 * Encodes a log for COPY when its request ends: a batch encoded at once would hold the event loop for milliseconds.
 * @throws RangeError when an id is no UUID
 */
export function encodeRow(record: LogRecord, json: EncodedJson): EncodedRow {
  encoder.begin(fields.length);
  for (const field of fields) field(encoder, record, json);
  return encodePayload(record, encoder.finish(), json);
}

function encodePayload(
  { organizationId, id, payload, attempts }: LogRecord,
  log: Buffer,
  json: EncodedJson,
): EncodedRow {
  if (!payload && attempts.length === 0) return { log, payload: null, parts: null, request: null, response: null };
  const split = splitRequest(id, payload?.request ?? null);
  encoder.begin(PAYLOAD_COLUMNS.length);
  encoder.uuid(organizationId);
  encoder.uuid(id);
  const request = encoder.body(split ? null : (payload?.request ?? null));
  const response = encoder.body(payload?.response ?? null);
  encoder.json(json.requestHeaders);
  encoder.json(json.responseHeaders);
  encoder.json(json.attempts);
  encoder.bytes(split && Buffer.concat(split.parts.list.map(({ digest }) => digest)));
  encoder.date(split?.parts.day ?? null);
  const row = encoder.finish();
  return {
    log,
    payload: row,
    parts: split?.parts ?? null,
    request: split ? split.bytes : request && row.subarray(...request),
    response: response && row.subarray(...response),
  };
}

/** A row of PayloadPart. @param day its start in UTC, milliseconds since the epoch */
export function encodePart(organizationId: string, day: number, { digest, content }: BodyPart): Buffer {
  encoder.begin(PART_COLUMNS.length);
  encoder.uuid(organizationId);
  encoder.date(day);
  encoder.bytes(digest);
  encoder.bytes(content);
  return encoder.finish();
}

function splitRequest(id: string, request: LoggedBody | null) {
  if (request === null) return null;
  const bytes = storableBytes(request);
  const list = splitBody(bytes);
  return list && { bytes, parts: { day: dayOf(id), list } };
}

export function encodeNested({ cost, payload, attempts }: LogRecord): EncodedJson {
  return {
    pricing: encodeJson(cost && { parts: cost.parts, modifiers: cost.modifiers, source: cost.source }),
    requestHeaders: encodeJson(payload?.requestHeaders),
    responseHeaders: encodeJson(payload?.responseHeaders),
    attempts: storableJson(attempts),
  };
}

function encodeJson(value: unknown): string | null {
  return value === null || value === undefined ? null : storableJson(value);
}
