import type { IncomingHttpHeaders } from '../http/message';
import { cut, type Member, rangesWithout, scanObject } from '../json-scan';
import { PARAM_CONTAINERS } from '../params';
import { decodeContent } from '../stream/decode';

/** A body with nothing of ours in it but whole sets of parameters: single ones would be mistaken for the provider's own. */
export interface ContainedParams {
  /** Plain, without the sets. */
  readonly bytes: Buffer;
  /** The sets by name. */
  readonly respan: Readonly<Record<string, unknown>>;
  /** Names of what was taken out. */
  readonly taken: readonly string[];
}

/** The longest body of an endpoint we know nothing about that is held to look for our parameters. */
const READ_UP_TO_BYTES = 4 * 1024 * 1024;

/** Whether a body is worth holding for what may be in it: JSON of a known and modest length. */
export function mayHoldParams(headers: IncomingHttpHeaders): boolean {
  const length = Number(headers['content-length'] ?? 0);
  return (
    length > 0 && length <= READ_UP_TO_BYTES && /^application\/json\b/i.test(String(headers['content-type'] ?? ''))
  );
}

/**
 * Cuts `respan_params` and `keywordsai_params` out of the top level and of `metadata`, every other byte as it was.
 * @returns null where there are none, or the body is not one we can read: that is the provider's to judge
 */
export function readContainers(raw: Buffer, headers: IncomingHttpHeaders): ContainedParams | null {
  const bytes = decodeContent(raw, String(headers['content-encoding'] ?? ''));
  if (!bytes?.includes('_params')) return null;
  const text = bytes.toString('latin1');
  const members = scanObject(text) ?? [];
  const isOurs = ({ key }: Member) => PARAM_CONTAINERS.has(key);
  const respan: Record<string, unknown> = {};
  const taken: string[] = [];
  const ranges: [number, number][] = [];
  const take = (from: readonly Member[], place: string) => {
    for (const member of from.filter(isOurs)) {
      respan[member.key] = parse(bytes, member);
      taken.push(place + member.key);
    }
    ranges.push(...rangesWithout(from, isOurs));
  };
  // What stands at the top level wins, so it is read last.
  for (const member of members) {
    if (member.key === 'metadata') take(scanObject(text, member.valueStart, false) ?? [], 'metadata.');
  }
  take(members, '');
  if (taken.length === 0) return null;
  ranges.sort((a, b) => a[0] - b[0]);
  return { bytes: cut(bytes, ranges), respan, taken };
}

/** What is not JSON is no object, which the reader of parameters says. */
function parse(bytes: Buffer, { valueStart, end }: Member): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', valueStart, end));
  } catch {
    return false;
  }
}
