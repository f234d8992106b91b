import type { Call } from './diagnose';
import type { Prefix } from './prefix';

interface Earlier extends Call {
  readonly thread: string | null;
}

/**
 * The call that this one continues: of the calls before it, the one whose request begins as this one does for longest. An agent
 * runs several conversations side by side, also within one thread; where nothing is alike, the thread's last call stands for it.
 * @param earlier oldest first
 */
export function predecessorOf(call: Call, thread: string | null, earlier: readonly Earlier[]): Call | null {
  let best: Earlier | null = null;
  let length = 0;
  for (const candidate of earlier) {
    if (thread !== null && candidate.thread !== thread) continue;
    const alike = alikeFor(candidate.prefix, call.prefix);
    if (alike === 0 || alike < length) continue;
    best = candidate;
    length = alike;
  }
  return best ?? (thread === null ? null : (earlier.findLast((candidate) => candidate.thread === thread) ?? null));
}

/** How many positions two requests have in common at their beginning. */
function alikeFor(a: Prefix | null, b: Prefix | null): number {
  if (!a || !b) return 0;
  let n = 0;
  while (n < a.positions.length && n < b.positions.length && a.positions[n]?.text === b.positions[n]?.text) n++;
  return n;
}
