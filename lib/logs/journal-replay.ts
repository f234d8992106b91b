import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';
import { identify, parseIntent } from './journal-line';
import { readLines, Segment } from './journal-segment';

/** What a dead process left. */
export interface Legacy {
  /** With the number of their outcomes, oldest first. */
  readonly segments: Segment[];
  /** Intents without an outcome. */
  readonly intents: LogIntent[];
}

/** Reads what is in a dead process's folder; a last line without its end was never promised to anyone. */
export async function readLegacy(folder: string): Promise<Legacy> {
  const segments: Segment[] = [];
  const intents = new Map<string, Buffer>();
  for (const name of segmentNames(folder)) {
    const path = join(folder, name);
    const segment = Segment.left(path, statSync(path).size);
    for await (const lines of readLines(path, 0, segment.size)) {
      for (const { bytes } of lines) {
        const line = identify(bytes);
        if (line?.kind === 'i') intents.set(line.id, bytes);
        if (line?.kind !== 'o') continue;
        intents.delete(line.id);
        segment.outstanding++;
      }
    }
    segments.push(segment);
  }
  return { segments, intents: [...intents.values()].flatMap(readable) };
}

/** The log of a call that nobody saw the end of. */
export function interruptedRecord(intent: LogIntent): LogRecord {
  return {
    ...intent,
    simulated: false,
    logMethod: 'inference',
    logType: 'chat',
    provider: null,
    model: intent.requestedModel,
    status: 'interrupted',
    statusCode: 500,
    errorCause: 'gateway',
    errorType: 'interrupted',
    errorMessage: 'The server stopped before this call ended. The provider may have answered, and charged for it.',
    stopReason: null,
    latencyMs: null,
    ttftMs: null,
    usage: null,
    cost: null,
    credentialSource: null,
    credentialId: null,
    credentialHint: null,
    untouched: false,
    alterations: [],
    warnings: [],
    attempts: [],
    promptPreview: null,
    replyPreview: null,
    customerIdentifier: null,
    threadIdentifier: null,
    customIdentifier: null,
    metadata: null,
    payload: null,
  };
}

function segmentNames(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^\d+\.jsonl$/.test(name));
  return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function readable(line: Buffer): LogIntent[] {
  try {
    return [parseIntent(line)];
  } catch {
    return [];
  }
}
