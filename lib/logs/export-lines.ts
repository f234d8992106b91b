import { nanoUsdToDecimal } from '@/lib/money/nano-usd';
import type { LogRow } from './schema';

type Value = string | number | boolean | null;

/** The columns of an exported log, named as the API names its fields. Times are ISO 8601, durations seconds, money dollars. */
const FIELDS: readonly (readonly [string, (log: LogRow) => Value])[] = [
  ['unique_id', (log) => log.id],
  ['timestamp', (log) => new Date(log.startedAt).toISOString()],
  ['environment', (log) => log.environment],
  ['status', (log) => log.status],
  ['status_code', (log) => log.statusCode],
  ['error_cause', (log) => log.errorCause],
  ['error_type', (log) => log.errorType],
  ['error_message', (log) => log.errorMessage],
  ['provider_id', (log) => log.provider],
  ['model', (log) => log.model],
  ['endpoint', (log) => log.endpoint],
  ['stream', (log) => log.stream],
  ['stop_reason', (log) => log.stopReason],
  ['input', (log) => log.promptPreview],
  ['output', (log) => log.replyPreview],
  ['prompt_tokens', (log) => log.promptTokens],
  ['completion_tokens', (log) => log.outputTokens],
  ['prompt_cache_hit_tokens', (log) => log.cacheReadTokens],
  ['usage_estimated', (log) => log.usageEstimated],
  ['cost', (log) => (log.costNanoUsd === null ? null : nanoUsdToDecimal(BigInt(log.costNanoUsd)))],
  ['latency', (log) => seconds(log.latencyMs)],
  ['time_to_first_token', (log) => seconds(log.ttftMs)],
  ['attempt_count', (log) => log.attemptCount],
  ['organization_key_name', (log) => log.keyName],
  ['customer_identifier', (log) => log.customerIdentifier],
  ['thread_identifier', (log) => log.threadIdentifier],
];

export function csvHead(): string {
  return `${FIELDS.map(([name]) => name).join(',')}\r\n`;
}

export function csvLine(log: LogRow): string {
  return `${FIELDS.map(([, read]) => csvCell(read(log))).join(',')}\r\n`;
}

export function jsonLine(log: LogRow): string {
  return `${JSON.stringify(Object.fromEntries(FIELDS.map(([name, read]) => [name, read(log)])))}\n`;
}

/** What a spreadsheet would run as a formula, wherever a cell begins with it. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/** A text cell that could be a formula begins with an apostrophe, which spreadsheets show as plain text. */
export function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const plain = /^-?\d+(\.\d+)?$/.test(value);
  const text = FORMULA.test(value) && !plain ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
