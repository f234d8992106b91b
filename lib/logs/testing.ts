/** Records for tests of the log store. */
import { uuidv7 } from 'uuidv7';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';
import { NO_USAGE } from '@/lib/gateway/usage';

export const ORGANIZATION_ID = '0190a000-0000-7000-8000-000000000001';
export const API_KEY_ID = '0190a000-0000-7000-8000-0000000000aa';

/** A finished call; what matters to a test is given. */
export function logRecord(given: Partial<LogRecord> = {}): LogRecord {
  return {
    id: uuidv7(),
    organizationId: ORGANIZATION_ID,
    environment: 'production',
    simulated: false,
    logMethod: 'inference',
    logType: 'chat',
    apiKeyId: API_KEY_ID,
    endpoint: '/api/anthropic/v1/messages',
    provider: 'anthropic',
    requestedModel: 'claude-sonnet-5',
    model: 'claude-sonnet-5',
    stream: true,
    status: 'success',
    statusCode: 200,
    errorCause: null,
    errorType: null,
    errorMessage: null,
    stopReason: 'end_turn',
    startedAt: Date.now(),
    latencyMs: 1200,
    ttftMs: 300,
    usage: { ...NO_USAGE, inputTokens: 100, outputTokens: 50, cacheReadTokens: 7, cacheWrite5mTokens: 3 },
    cost: costOf(1_050_000n),
    credentialSource: 'integration',
    credentialId: null,
    credentialHint: 'abcd',
    untouched: true,
    alterations: [],
    warnings: [],
    attempts: [],
    promptPreview: 'What is the capital of France?',
    replyPreview: 'Paris.',
    customerIdentifier: null,
    threadIdentifier: null,
    customIdentifier: null,
    metadata: null,
    payload: {
      request: '{"model":"claude-sonnet-5"}',
      response: 'data: {}\n\n',
      requestHeaders: {},
      responseHeaders: {},
    },
    ...given,
  };
}

export function costOf(costNanoUsd: bigint): LogRecord['cost'] {
  const total = String(costNanoUsd);
  const part = { class: 'input', model: 'claude-sonnet-5', quantity: 100, nanoUsdPerMillion: '3000000000' } as const;
  return { costNanoUsd, parts: [{ ...part, costNanoUsd: total }], modifiers: [], source: 'genai-prices' };
}

export function intentOf(record: LogRecord): LogIntent {
  const { id, organizationId, environment, apiKeyId, endpoint, requestedModel, startedAt, stream } = record;
  return { id, organizationId, environment, apiKeyId, endpoint, requestedModel, startedAt, stream };
}
