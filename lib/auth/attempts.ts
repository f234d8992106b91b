import { AppError } from '@/lib/errors';

const WINDOW_MS = 15 * 60_000;
const MAX_TRACKED = 20_000;

/** Counts failures by key within a window. Bounded, so that made-up keys can't fill the memory. */
export class AttemptLimit {
  readonly #max: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, { count: number; endsAt: number }>();

  constructor(max: number, now: () => number = Date.now) {
    this.#max = max;
    this.#now = now;
  }

  /** Takes one attempt, before the outcome is known. @returns milliseconds to wait, 0 when the attempt may go on */
  take(key: string): number {
    const now = this.#now();
    const open = this.#windows.get(key);
    const current = open && open.endsAt > now ? open : { count: 0, endsAt: now + WINDOW_MS };
    if (current.count >= this.#max) return current.endsAt - now;
    current.count += 1;
    this.#windows.delete(key);
    this.#windows.set(key, current);
    if (this.#windows.size > MAX_TRACKED) this.#dropOldest();
    return 0;
  }

  clear(key: string): void {
    this.#windows.delete(key);
  }

  #dropOldest(): void {
    for (const key of this.#windows.keys()) {
      this.#windows.delete(key);
      return;
    }
  }
}

// An address can be forged in a header, so an account has a limit of its own beside the one per account and address.
interface Limits {
  byEmailAndAddress: AttemptLimit;
  byEmail: AttemptLimit;
}

// Pages, actions and routes are bundled apart, and development reloads modules; the counts must survive both.
const shared = globalThis as { respanSignInLimits?: Limits };

function limits(): Limits {
  shared.respanSignInLimits ??= { byEmailAndAddress: new AttemptLimit(10), byEmail: new AttemptLimit(100) };
  return shared.respanSignInLimits;
}

/** Takes one sign-in attempt. @throws AppError rate_limited, saying how long to wait */
export function takeSignInAttempt(email: string, address: string): void {
  const waitMs = limits().byEmailAndAddress.take(`${email} ${address}`) || limits().byEmail.take(email);
  if (waitMs === 0) return;
  const minutes = Math.ceil(waitMs / 60_000);
  throw new AppError(
    'rate_limited',
    `Too many attempts for this account. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  );
}

/** Forgets the failures of an account that has just signed in from this address. */
export function clearSignInAttempts(email: string, address: string): void {
  limits().byEmailAndAddress.clear(`${email} ${address}`);
  limits().byEmail.clear(email);
}
