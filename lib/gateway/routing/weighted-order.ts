/**
 * Orders candidates by weight: a share of the first places in proportion, and the rest behind as fallbacks.
 * With a stickiness key the order is always the same for that key (weighted rendezvous hashing), so that a conversation stays
 * with one credential and its prompt cache, and only the conversations of a credential that goes away move.
 */
export function weightedOrder<T>(
  candidates: readonly T[],
  facts: (candidate: T) => { readonly id: string; readonly weight: number },
  stickiness: string | null,
): T[] {
  if (candidates.length < 2) return [...candidates];
  return candidates
    .map((candidate) => {
      const { id, weight } = facts(candidate);
      const draw = stickiness === null ? Math.random() : unitHash(`${stickiness}\0${id}`);
      // The smallest of exponential draws with rate `weight` falls on each candidate in proportion to its weight.
      return { candidate, arrival: -Math.log(draw || Number.MIN_VALUE) / weight };
    })
    .sort((a, b) => a.arrival - b.arrival)
    .map(({ candidate }) => candidate);
}

/** Text to an even spread over (0, 1): FNV-1a with murmur's finish. Not for secrets. */
function unitHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
