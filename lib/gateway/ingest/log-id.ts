const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const DAY_MS = 86_400_000;

/** Up to here a log counts as sent when its call was made. */
const PROMPT_MS = 60_000;

/**
 * The log's id. It carries the time of the call where that lies some days back at most, because lists go by ids: a log sent
 * late stands where its call was made, as it does in charts. A recent UUIDv7 of the caller's is used, so that a log sent again is stored once. Any other id can't be
 * ours, because ids carry the time that logs are stored and paged by: it comes back as spare.
 */
export function chooseLogId(
  theirs: string | null,
  fresh: string,
  now: number,
  startedAt: number,
): { id: string; spare: string | null } {
  const late = startedAt < now - PROMPT_MS && startedAt > now - 7 * DAY_MS;
  const ours = late ? withTime(fresh, startedAt) : fresh;
  if (theirs === null) return { id: ours, spare: null };
  if (!UUID_V7.test(theirs)) return { id: ours, spare: theirs };
  const madeAt = Number.parseInt(theirs.slice(0, 8) + theirs.slice(9, 13), 16);
  const isRecent = madeAt > now - 7 * DAY_MS && madeAt < now + DAY_MS / 24;
  return isRecent ? { id: theirs.toLowerCase(), spare: null } : { id: ours, spare: theirs };
}

/** The same random part with another time. */
function withTime(id: string, atMs: number): string {
  const time = Math.floor(atMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${id.slice(13)}`;
}
