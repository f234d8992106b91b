import { binOf, percentile } from '../histogram';

/** What is remembered of one kind of call. Counts are halved at this many, so that what is new weighs more than what is old. */
const HALVED_AT = 500;
/** Fewer say nothing about a 95th percentile. */
export const MINIMUM_SEEN = 20;
const MOST_KINDS = 10_000;

interface Kind {
  readonly bins: Map<number, number>;
  seen: number;
  /** Null where something was seen since it was worked out. */
  p95Ms: number | null;
}

/** How long calls of one kind take to the first byte of a good answer, as this process saw them lately. */
export class FirstByteTimes {
  private readonly kinds = new Map<string, Kind>();

  /** @param durationMs that time, or for an attempt that was cancelled what it had taken by then: a lower bound of it */
  observe(id: string, durationMs: number): void {
    const kind = this.kinds.get(id) ?? { bins: new Map<number, number>(), seen: 0, p95Ms: null };
    // Kinds that are in use stay at the back, and the oldest make room.
    this.kinds.delete(id);
    this.kinds.set(id, kind);
    const [oldest] = this.kinds.keys();
    if (this.kinds.size > MOST_KINDS && oldest !== undefined) this.kinds.delete(oldest);
    const bin = binOf(durationMs);
    kind.bins.set(bin, (kind.bins.get(bin) ?? 0) + 1);
    kind.seen++;
    kind.p95Ms = null;
    if (kind.seen >= HALVED_AT) halve(kind);
  }

  /** The 95th percentile in milliseconds, within 1 %; null until enough was seen. */
  p95Ms(id: string): number | null {
    const kind = this.kinds.get(id);
    if (!kind || kind.seen < MINIMUM_SEEN) return null;
    kind.p95Ms ??= percentile(
      [...kind.bins].map(([bin, count]) => ({ bin, count })),
      0.95,
    );
    return kind.p95Ms;
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
