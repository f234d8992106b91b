import { binOf, percentile } from './histogram';

/** What is remembered of one kind of call. Counts are halved at this many, so that what is new weighs more than what is old. */
const HALVED_AT = 500;
/** Fewer say little about a 95th percentile. */
export const MINIMUM_SEEN = 20;
const MOST_KINDS = 10_000;

interface Kind {
  readonly bins: Map<number, number>;
  seen: number;
  /** Null where something was seen since it was worked out. */
  p95: number | null;
}

/** How large something is for calls of one kind, as this process saw it lately. */
export class RecentValues {
  private readonly kinds = new Map<string, Kind>();

  /** @param minimumSeen how many values must have been seen of a kind before anything is said of it */
  constructor(private readonly minimumSeen = MINIMUM_SEEN) {}

  /** @param value above 0; under 1 it counts as 0 */
  observe(id: string, value: number): void {
    const kind = this.kinds.get(id) ?? { bins: new Map<number, number>(), seen: 0, p95: null };
    // Kinds that are in use stay at the back, and the oldest make room.
    this.kinds.delete(id);
    this.kinds.set(id, kind);
    const [oldest] = this.kinds.keys();
    if (this.kinds.size > MOST_KINDS && oldest !== undefined) this.kinds.delete(oldest);
    const bin = binOf(value);
    kind.bins.set(bin, (kind.bins.get(bin) ?? 0) + 1);
    kind.seen++;
    kind.p95 = null;
    if (kind.seen >= HALVED_AT) halve(kind);
  }

  /** The 95th percentile, within 1 %; null until enough was seen. */
  p95(id: string): number | null {
    const kind = this.kinds.get(id);
    if (!kind || kind.seen < this.minimumSeen) return null;
    kind.p95 ??= percentile(
      [...kind.bins].map(([bin, count]) => ({ bin, count })),
      0.95,
    );
    return kind.p95;
  }
}

function halve(kind: Kind): void {
  kind.seen = 0;
  for (const [bin, count] of kind.bins) {
    const half = Math.floor(count / 2);
    if (half === 0) kind.bins.delete(bin);
    else kind.bins.set(bin, half);
    kind.seen += half;
  }
}
