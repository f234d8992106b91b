/**
 * A circuit breaker for each credential. It never refuses a call: it decides which credential is tried first. An open one
 * goes to the back until its time is up; then one call is let through to find out.
 */

export type Health = 'healthy' | 'failing' | 'probing';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly consecutive: number;
  /** Or this share of failures, once so many calls were seen within the window. */
  readonly errorRate: number;
  readonly minimumCalls: number;
  readonly windowMs: number;
  /** How long it stays open at first; doubles with each failed probe up to the longest. */
  readonly openMs: number;
  readonly longestOpenMs: number;
}

export const BREAKER_DEFAULTS: BreakerOptions = {
  consecutive: 5,
  errorRate: 0.5,
  minimumCalls: 20,
  windowMs: 60_000,
  openMs: 15_000,
  longestOpenMs: 300_000,
};

/** Callers bring keys of their own, and each that fails is remembered: the oldest make room. */
const MOST_STATES = 10_000;

interface State {
  health: Health;
  consecutive: number;
  calls: number;
  failures: number;
  windowEndsAt: number;
  openUntil: number;
  openForMs: number;
}

export class Breakers {
  private readonly states = new Map<string, State>();

  constructor(
    private readonly onChange: (id: string, health: 'healthy' | 'failing', lastError: string | null) => void = () => {},
    private readonly options: BreakerOptions = BREAKER_DEFAULTS,
    private readonly now: () => number = Date.now,
  ) {}

  /** Puts candidates whose breaker is open behind the others; the order is kept otherwise. */
  order<T>(candidates: readonly T[], id: (candidate: T) => string): T[] {
    if (candidates.length < 2 || this.states.size === 0) return [...candidates];
    const open = candidates.filter((candidate) => this.isOpen(id(candidate)));
    return open.length === 0
      ? [...candidates]
      : [...candidates.filter((candidate) => !open.includes(candidate)), ...open];
  }

  /** Nothing has opened it, and no probe is under way. */
  isHealthy(id: string): boolean {
    return (this.states.get(id)?.health ?? 'healthy') === 'healthy';
  }

  succeeded(id: string): void {
    const state = this.states.get(id);
    // What has never failed needs no memory.
    if (!state) return;
    if (state.health !== 'healthy' || this.now() > state.windowEndsAt) {
      this.states.delete(id);
      if (state.health !== 'healthy') this.onChange(id, 'healthy', null);
      return;
    }
    state.calls++;
    state.consecutive = 0;
  }

  /** @param retryAfterMs how long the provider asked to be left alone, if it did */
  failed(id: string, error: string, retryAfterMs: number | null = null): void {
    const now = this.now();
    const state = this.states.get(id) ?? this.fresh(now);
    this.remember(id, state);
    if (now > state.windowEndsAt)
      Object.assign(state, { calls: 0, failures: 0, windowEndsAt: now + this.options.windowMs });
    state.calls++;
    state.failures++;
    state.consecutive++;
    const tripped = state.consecutive >= this.options.consecutive || this.overRate(state);
    if (state.health === 'healthy' && !tripped) return;
    if (state.health === 'probing') state.openForMs = Math.min(state.openForMs * 2, this.options.longestOpenMs);
    if (state.health !== 'failing') this.onChange(id, 'failing', error);
    state.health = 'failing';
    state.openUntil = now + Math.min(Math.max(state.openForMs, retryAfterMs ?? 0), this.options.longestOpenMs);
  }

  /**
   * Takes over what is known elsewhere: another process found a credential failing, or somebody put it right.
   * One that is said to fail is tried at once, so that good news is never late.
   */
  learn(id: string, failing: boolean): void {
    const known = (this.states.get(id)?.health ?? 'healthy') !== 'healthy';
    if (known === failing) return;
    if (!failing) this.states.delete(id);
    else this.remember(id, { ...this.fresh(this.now()), health: 'failing' });
  }

  private remember(id: string, state: State): void {
    this.states.set(id, state);
    const [oldest] = this.states.keys();
    if (this.states.size > MOST_STATES && oldest !== undefined) this.states.delete(oldest);
  }

  private isOpen(id: string): boolean {
    const state = this.states.get(id);
    if (!state || state.health === 'healthy') return false;
    // One probe at a time; one that is never heard of again makes room for the next.
    if (this.now() < state.openUntil) return true;
    state.health = 'probing';
    state.openUntil = this.now() + this.options.openMs;
    return false;
  }

  private overRate(state: State): boolean {
    return state.calls >= this.options.minimumCalls && state.failures / state.calls >= this.options.errorRate;
  }

  private fresh(now: number): State {
    const { windowMs, openMs } = this.options;
    return {
      health: 'healthy',
      consecutive: 0,
      calls: 0,
      failures: 0,
      windowEndsAt: now + windowMs,
      openUntil: 0,
      openForMs: openMs,
    };
  }
}
