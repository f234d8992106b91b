import { type Member, scanArray, scanObject } from '../json-scan';

/**
 * Puts this installation's address into the `results_url` of a batch, or of each batch in a list: the provider's own can't be
 * read with a key of ours. Every other byte stays as it was, and so does an address that is not the provider's.
 * @param providerUrl where the provider was called, @param ownUrl where callers reach the same paths; no trailing slashes
 * @returns null where there is nothing to replace
 */
export function withOwnResultsUrls(body: Buffer, providerUrl: string, ownUrl: string): Buffer | null {
  const text = body.toString('latin1');
  const members = scanObject(text);
  if (!members) return null;
  const data = members.find(({ key }) => key === 'data');
  const listed = (data && scanArray(text, data.valueStart)) ?? [];
  const batches = [members, ...listed.map(({ start }) => scanObject(text, start, false) ?? [])];
  const parts: Buffer[] = [];
  let at = 0;
  // The list's own members may stand before or behind its batches.
  const found = batches.flat().filter(({ key }) => key === 'results_url');
  for (const member of found.sort((a, b) => a.start - b.start)) {
    const own = ownAddress(body, member, providerUrl, ownUrl);
    if (own === null) continue;
    parts.push(body.subarray(at, member.valueStart), Buffer.from(JSON.stringify(own)));
    at = member.end;
  }
  return parts.length > 0 ? Buffer.concat([...parts, body.subarray(at)]) : null;
}

function ownAddress(body: Buffer, { valueStart, end }: Member, providerUrl: string, ownUrl: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8', valueStart, end));
  } catch {
    return null;
  }
  return typeof value === 'string' && value.startsWith(`${providerUrl}/`)
    ? ownUrl + value.slice(providerUrl.length)
    : null;
}
