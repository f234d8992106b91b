import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { LogRecord } from '@/lib/gateway/log-record';
import { NO_USAGE } from '@/lib/gateway/usage';
import { encodeOutcome } from '@/lib/logs/outcome';
import { writeBatch } from '@/lib/logs/writer-batch';
import { newId } from '@/lib/new-id';
import { LARGE_ID } from './generate';

export interface Ingested {
  readonly rowsPerSecond: number;
  /** This process's CPU, encoding included. */
  readonly cpuUsPerRow: number;
}

const BATCH_ROWS = 2000;

/** The writer alone, as it works while calls come in: every log with bodies of 2 kB, in batches of one moment. */
export async function ingest(client: Client, batches: number): Promise<Ingested> {
  for (let n = 0; n < 3; n++) await writeBatch(client, batch());
  const before = process.cpuUsage();
  const begun = performance.now();
  for (let n = 0; n < batches; n++) await writeBatch(client, batch());
  const { user, system } = process.cpuUsage(before);
  const rows = batches * BATCH_ROWS;
  return { rowsPerSecond: (rows / (performance.now() - begun)) * 1000, cpuUsPerRow: (user + system) / rows };
}

function batch() {
  return Array.from({ length: BATCH_ROWS }, (_, n) => encodeOutcome(record(n)));
}

const BODY = JSON.stringify({
  model: 'claude-model-1',
  messages: [{ role: 'user', content: 'Say what it is. '.repeat(115) }],
});

function record(n: number): LogRecord {
  return {
    id: newId(),
    organizationId: LARGE_ID,
    environment: 'production',
    simulated: false,
    logMethod: 'inference',
    logType: 'chat',
    apiKeyId: `0190a000-0000-7000-8000-${String(n % 7).padStart(12, '0')}`,
    endpoint: '/api/anthropic/v1/messages',
    provider: 'anthropic',
    requestedModel: `claude-model-${n % 5}`,
    model: `claude-model-${n % 5}-20260101`,
    stream: true,
    status: 'success',
    statusCode: 200,
    errorCause: null,
    errorType: null,
    errorMessage: null,
    stopReason: 'end_turn',
    startedAt: Date.now(),
    latencyMs: 400 + ((n * 37) % 4000),
    ttftMs: 100 + ((n * 13) % 300),
    usage: { ...NO_USAGE, inputTokens: 500 + n, outputTokens: 40 + (n % 200) },
    cost: { costNanoUsd: 2_100_000n, parts: [], modifiers: [], source: 'respan' },
    credentialSource: 'integration',
    credentialId: '0190a000-0000-7000-8000-0000000000cc',
    credentialHint: 'abcd',
    untouched: true,
    alterations: [],
    warnings: [],
    attempts: [],
    promptPreview: 'Say what it is.',
    replyPreview: 'It is a thing of its own kind.',
    customerIdentifier: `customer-${n % 300}`,
    threadIdentifier: `thread-${randomUUID()}`,
    customIdentifier: null,
    metadata: null,
    payload: { request: BODY, response: BODY, requestHeaders: {}, responseHeaders: {} },
  };
}
