import { hash } from 'node:crypto';
import { scanArray, scanObject } from '@/lib/gateway/json-scan';

/** A stretch of a body that other bodies are likely to hold as well. */
export interface BodyPart {
  /** SHA-256 of the content. */
  readonly digest: Buffer;
  readonly content: Buffer;
}

/** Shorter bodies are stored as they are: what their parts would save, the digests would cost. */
const WORTH_SPLITTING_BYTES = 8 * 1024;
/** Parts are at least this long, so that a digest is little beside them. */
const PART_BYTES = 1024;

/**
 * Splits a JSON object where another request of the same conversation would be the same: before and behind each large member,
 * and between the elements of a large array (messages, tools). The parts one after the other are the body.
 * @returns null for what is short, or is no JSON object
 */
export function splitBody(body: Buffer): BodyPart[] | null {
  if (body.length < WORTH_SPLITTING_BYTES) return null;
  const ends = partEnds(body.toString('latin1'));
  if (!ends) return null;
  const parts: BodyPart[] = [];
  let start = 0;
  for (const end of [...ends, body.length]) {
    if (end === start) continue;
    const content = body.subarray(start, end);
    parts.push({ digest: hash('sha256', content, 'buffer'), content });
    start = end;
  }
  return parts;
}

/** Where parts end, in order; the last one ends with the body. */
function partEnds(text: string): number[] | null {
  const members = scanObject(text);
  if (!members) return null;
  const ends: number[] = [];
  for (const { valueStart, end } of members) {
    if (end - valueStart < PART_BYTES) continue;
    ends.push(valueStart);
    ends.push(...elementEnds(text, valueStart));
    ends.push(end);
  }
  return ends;
}

/** Counted from the front, so that elements added at the end leave the parts before them as they are. */
function elementEnds(text: string, from: number): number[] {
  const ends: number[] = [];
  let start = from;
  for (const { end } of scanArray(text, from) ?? []) {
    if (end - start < PART_BYTES) continue;
    ends.push(end);
    start = end;
  }
  return ends;
}
