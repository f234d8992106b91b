import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from './journal-frames';
import { describeOutcome } from './journal-line';
import type { Outcome } from './outcome';

const NEWLINE = 0x0a;

/** Puts a log that can never be stored aside, with the reason: one line of dead.jsonl, for a person to look at. */
export async function putAside(dir: string, record: unknown, reason: unknown): Promise<void> {
  const message = reason instanceof Error ? reason.message : String(reason);
  const entry = JSON.stringify({ at: new Date().toISOString(), reason: message, record }, plain);
  await appendFile(join(dir, 'dead.jsonl'), `${entry}\n`, { mode: 0o600 });
}

/** Bodies that are bytes become text, amounts become digits. */
function plain(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  // Buffers have turned themselves into lists of numbers by the time they are given here.
  const own = typeof this === 'object' && this !== null ? Object.getOwnPropertyDescriptor(this, key)?.value : undefined;
  return Buffer.isBuffer(own) ? own.toString('utf8') : value;
}

/** The record behind an outcome, from where the journal has it. */
export async function recordOf(outcome: Outcome): Promise<unknown> {
  const bytes = outcome.frame ? Buffer.concat(outcome.frame.map((chunk) => Buffer.from(chunk))) : await read(outcome);
  const newline = bytes.indexOf(NEWLINE);
  return readable(bytes.subarray(0, newline), bytes.subarray(newline + 1));
}

/** What a frame holds, as JSON where it is that, else as text. */
export function readable(head: Frame['head'], bodies: Frame['bodies']): unknown {
  try {
    return describeOutcome(head, bodies);
  } catch {
    return head.toString('utf8');
  }
}

async function read({ place }: Outcome): Promise<Buffer> {
  if (!place) return Buffer.alloc(0);
  const file = await open(place.segment.path, 'r');
  try {
    const bytes = Buffer.alloc(place.length);
    await file.read(bytes, 0, place.length, place.offset);
    return bytes;
  } finally {
    await file.close();
  }
}
