import type { Client } from 'pg';
import type { LogRecord } from '@/lib/gateway/log-record';
import { NO_USAGE } from '@/lib/gateway/usage';
import { encodeOutcome } from '@/lib/logs/outcome';
import { logRecord } from '@/lib/logs/testing';
import { writeBatch } from '@/lib/logs/writer-batch';
import { LARGE_ID } from './generate';

export interface Ingested {
  readonly rowsPerSecond: number;
  /** This process's CPU, encoding included. */
  readonly cpuUsPerRow: number;
}

const BATCH_ROWS = 2000;
/** Batches that are not measured. */
const WARM_UP = 3;

/** The writer alone, as it works while calls come in: every log with bodies of 2 kB, in batches of one moment. */
export async function ingest(client: Client, batches: number): Promise<Ingested> {
  const prepared = Array.from({ length: batches + WARM_UP }, batch);
  for (const records of prepared.splice(0, WARM_UP)) await write(client, records);
  const before = process.cpuUsage();
  const begun = performance.now();
  for (const records of prepared) await write(client, records);
  const { user, system } = process.cpuUsage(before);
  const rows = batches * BATCH_ROWS;
  return { rowsPerSecond: (rows / (performance.now() - begun)) * 1000, cpuUsPerRow: (user + system) / rows };
}

function write(client: Client, records: readonly LogRecord[]): Promise<void> {
  return writeBatch(
    client,
    records.map((record) => encodeOutcome(record)),
  );
}

function batch(): LogRecord[] {
  return Array.from({ length: BATCH_ROWS }, (_, n) => record(n));
}

const BODY = JSON.stringify({
  model: 'claude-model-1',
  messages: [{ role: 'user', content: 'Say what it is. '.repeat(115) }],
});

function record(n: number): LogRecord {
  return logRecord({
    organizationId: LARGE_ID,
    apiKeyId: `0190a000-0000-7000-8000-${String(n % 7).padStart(12, '0')}`,
    requestedModel: `claude-model-${n % 5}`,
    model: `claude-model-${n % 5}-20260101`,
    latencyMs: 400 + ((n * 37) % 4000),
    ttftMs: 100 + ((n * 13) % 300),
    usage: { ...NO_USAGE, inputTokens: 500 + n, outputTokens: 40 + (n % 200) },
    credentialId: '0190a000-0000-7000-8000-0000000000cc',
    customerIdentifier: `customer-${n % 300}`,
    threadIdentifier: `thread-${n}`,
    payload: { request: BODY, response: BODY, requestHeaders: {}, responseHeaders: {} },
  });
}
