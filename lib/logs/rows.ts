import type { LogRecord } from '@/lib/gateway/log-record';
import { boolean, clampBigint, clip, integer, json, NULL, smallint, text, textArray, timestamp } from './rows-copy';

/** One log, ready for COPY: a line for each table. */
export interface EncodedRow {
  readonly log: Buffer;
  /** Null where there is nothing to keep. */
  readonly payload: Buffer | null;
}

/** The tables' columns in the order in which encodeRow writes them. */
export const LOG_COLUMNS = [
  ...['organizationId', 'id', 'environment', 'simulated', 'logMethod', 'logType', 'apiKeyId', 'endpoint', 'provider'],
  ...['requestedModel', 'model', 'stream', 'status', 'statusCode', 'errorCause', 'errorType', 'errorMessage'],
  ...['stopReason', 'startedAt', 'latencyMs', 'ttftMs', 'inputTokens', 'outputTokens', 'cacheReadTokens'],
  ...['cacheWrite5mTokens', 'cacheWrite1hTokens', 'reasoningTokens', 'webSearches', 'usageEstimated', 'costNanoUsd'],
  ...['pricing', 'credentialSource', 'credentialId', 'credentialHint', 'untouched', 'alterations', 'warnings'],
  ...['attemptCount', 'promptPreview', 'replyPreview', 'customerIdentifier', 'threadIdentifier', 'customIdentifier'],
  'metadata',
];
export const PAYLOAD_COLUMNS = [
  ...['organizationId', 'id', 'request', 'response', 'requestHeaders', 'responseHeaders', 'attempts'],
];

/** Encodes a log for COPY when its request ends: a batch encoded at once would hold the event loop for milliseconds. */
export function encodeRow(record: LogRecord): EncodedRow {
  return { log: Buffer.from(logLine(record)), payload: encodePayload(record) };
}

function logLine(record: LogRecord): string {
  const { usage, cost } = record;
  const pricing = cost && { parts: cost.parts, modifiers: cost.modifiers, source: cost.source };
  return line([
    text(record.organizationId),
    text(record.id),
    record.environment,
    boolean(record.simulated),
    record.logMethod,
    text(record.logType),
    text(record.apiKeyId),
    text(record.endpoint),
    text(clip(record.provider)),
    text(clip(record.requestedModel)),
    text(clip(record.model)),
    boolean(record.stream),
    record.status,
    smallint(record.statusCode),
    record.errorCause ?? NULL,
    text(record.errorType),
    text(record.errorMessage),
    text(record.stopReason),
    timestamp(record.startedAt),
    integer(record.latencyMs),
    integer(record.ttftMs),
    integer(usage?.inputTokens),
    integer(usage?.outputTokens),
    integer(usage?.cacheReadTokens),
    integer(usage?.cacheWrite5mTokens),
    integer(usage?.cacheWrite1hTokens),
    integer(usage?.reasoningTokens),
    integer(usage?.webSearches),
    boolean(usage?.estimated ?? false),
    cost ? String(clampBigint(cost.costNanoUsd)) : NULL,
    json(pricing),
    record.credentialSource ?? NULL,
    text(record.credentialId),
    text(record.credentialHint),
    boolean(record.untouched),
    textArray(record.alterations),
    textArray(record.warnings),
    smallint(record.attempts.length),
    text(record.promptPreview),
    text(record.replyPreview),
    text(record.customerIdentifier),
    text(record.threadIdentifier),
    text(record.customIdentifier),
    json(record.metadata),
  ]);
}

function encodePayload({ organizationId, id, payload, attempts }: LogRecord): Buffer | null {
  if (!payload && attempts.length === 0) return null;
  return Buffer.from(
    line([
      text(organizationId),
      text(id),
      text(payload?.request ?? null),
      text(payload?.response ?? null),
      json(payload?.requestHeaders),
      json(payload?.responseHeaders),
      json(attempts),
    ]),
  );
}

function line(fields: string[]): string {
  return `${fields.join('\t')}\n`;
}
