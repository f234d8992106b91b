import { RecentValues } from '../recent-values';

/** A wait shorter than this would double calls that are merely not instant. */
export const SHORTEST_WAIT_MS = 50;
/** One second attempt for so many calls of a key: an outage must not double the load. */
const CALLS_PER_HEDGE = 10;
/** What a quiet time may save up. */
const MOST_SAVED_HEDGES = 5;
const MOST_KEYS = 10_000;

/** What this process knows of calls that may be hedged, by API key. Calls that may not cost it nothing. */
export class Hedging {
  private readonly times = new RecentValues();
  /** Calls that no hedge was spent on yet. */
  private readonly saved = new Map<string, number>();

  /**
   * A call that may be hedged.
   * @param waitMs what the caller asked for; null: what its own calls take
   */
  begin(apiKeyId: string, stream: boolean, waitMs: number | null): Hedge {
    const saved = this.saved.get(apiKeyId) ?? CALLS_PER_HEDGE - 1;
    this.saved.delete(apiKeyId);
    this.saved.set(apiKeyId, Math.min(saved + 1, CALLS_PER_HEDGE * MOST_SAVED_HEDGES));
    const [oldest] = this.saved.keys();
    if (this.saved.size > MOST_KEYS && oldest !== undefined) this.saved.delete(oldest);
    // The first byte of an answer that is not streamed is its last one, nearly.
    const id = (model: string) => `${apiKeyId} ${stream ? 'stream' : 'whole'} ${model}`;
    return {
      waitMs: (model) => waitMs ?? floored(this.times.p95(id(model))),
      observe: (model, durationMs) => this.times.observe(id(model), durationMs),
      spend: () => this.spend(apiKeyId),
    };
  }

  private spend(apiKeyId: string): boolean {
    const saved = this.saved.get(apiKeyId) ?? 0;
    if (saved < CALLS_PER_HEDGE) return false;
    this.saved.set(apiKeyId, saved - CALLS_PER_HEDGE);
    return true;
  }
}

/** How one call may be hedged. Models are named with their provider. */
export interface Hedge {
  /** How long the first byte may take before a second attempt; null while too little is known. */
  waitMs(model: string): number | null;
  /** Notes how long the first attempt took to its first byte, or had taken when the second one answered. */
  observe(model: string, durationMs: number): void;
  /** Takes a second attempt from the key's budget. @returns false where that is used up */
  spend(): boolean;
}

function floored(waitMs: number | null): number | null {
  return waitMs === null ? null : Math.max(waitMs, SHORTEST_WAIT_MS);
}
