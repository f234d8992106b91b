import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogIntent, LogRecord } from '@/lib/gateway/log-record';
import { DamagedJournal, readFrames } from './journal-frames';
import { parseIntent } from './journal-line';
import { Segment } from './journal-segment';

/** What a dead process left. */
export interface Legacy {
  /** With the number of their outcomes, oldest first. */
  readonly segments: Segment[];
  /** Intents without an outcome. */
  readonly intents: LogIntent[];
  /** What was found after a power cut: the rest of that file is left out, and the file kept. */
  readonly damages: DamagedJournal[];
}

/** Reads what is in a dead process's folder. */
export async function readLegacy(folder: string): Promise<Legacy> {
  const segments: Segment[] = [];
  const damages: DamagedJournal[] = [];
  const intents = new Map<string, Buffer>();
  for (const name of segmentNames(folder)) {
    const path = join(folder, name);
    const segment = Segment.left(path, statSync(path).size);
    segments.push(segment);
    try {
      await readSegment(segment, intents);
    } catch (error) {
      if (!(error instanceof DamagedJournal)) throw error;
      damages.push(error);
    }
  }
  return { segments, intents: [...intents.values()].flatMap(readable), damages };
}

/** Counts the outcomes, and leaves the intents that have none yet. */
async function readSegment(segment: Segment, intents: Map<string, Buffer>): Promise<void> {
  let end = 0;
  try {
    for await (const frame of readFrames(segment.path, 0, segment.size, 'skip')) {
      end = frame.end;
      if (frame.kind === 'o') segment.outstanding++;
      if (frame.kind === 'o') intents.delete(frame.id);
      else intents.set(frame.id, Buffer.from(frame.head));
    }
  } catch (error) {
    segment.isDamaged = error instanceof DamagedJournal;
    throw error;
  } finally {
    segment.size = end;
  }
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
