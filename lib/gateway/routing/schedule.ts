/** Which try comes after a failed one, and after how long a wait. */

export interface RetryPolicy {
  /** Further tries at the same model after the first round over its credentials. 0: none. */
  readonly retries: number;
  /** First wait; doubles with each round. */
  readonly waitMs: number;
}

export const NO_RETRIES: RetryPolicy = { retries: 0, waitMs: 0 };

/** A wait the provider asked for that is longer than this ends the tries: the caller decides better what to do then. */
export const LONGEST_WAIT_MS = 30_000;

export interface Step<T> {
  readonly target: T;
  /** Tries at the same target may differ in model (a fallback) and in credential. */
  readonly model: string;
  readonly credential: string;
  /** 0 in the first round over a model's credentials, then 1, 2, … */
  readonly round: number;
}

/** How a try failed. */
export interface Failure {
  /** Null where no answer came. */
  readonly status: number | null;
  /** What the provider asked for, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** What was asked for may be kept under another key. */
  readonly elsewhere?: boolean;
}

/** Each model in turn: first its credentials, then retries going round them. */
export function schedule<T>(
  models: readonly {
    readonly model: string;
    readonly targets: readonly { readonly credential: string; readonly target: T }[];
  }[],
  policy: RetryPolicy,
): Step<T>[] {
  const steps: Step<T>[] = [];
  for (const { model, targets } of models) {
    for (const { target, credential } of targets) steps.push({ target, credential, model, round: 0 });
    for (let retry = 0; retry < policy.retries; retry++) {
      const entry = targets[retry % targets.length];
      if (entry) steps.push({ ...entry, model, round: retry + 1 });
    }
  }
  return steps;
}

/**
 * The next step worth taking after a failure, or null where the failure is the caller's answer.
 * Another model may do better at anything; another credential at refusals, limits and faults; the same one only at limits and faults.
 */
export function nextStep<T>(steps: readonly Step<T>[], current: number, failure: Failure): number | null {
  const from = steps[current];
  if (!from) return null;
  for (let index = current + 1; index < steps.length; index++) {
    const to = steps[index];
    if (!to) continue;
    if (to.model !== from.model) return failure.status === null || failure.status >= 400 ? index : null;
    if (to.credential === from.credential ? retryable(failure) : worthAnotherCredential(failure.status)) return index;
    // Each key is asked once.
    if (failure.elsewhere && to.round === 0) return index;
  }
  return null;
}

/** How long to wait before a step: nothing for a new target, else exponential back-off with jitter, or what the provider asked. */
export function waitBefore<T>(
  step: Step<T>,
  previous: Step<T>,
  policy: RetryPolicy,
  failure: Failure,
  random = Math.random(),
): number {
  if (step.round === 0) return 0;
  const backoff = policy.waitMs * 2 ** (step.round - 1) * (0.75 + random / 2);
  const asked = step.credential === previous.credential ? (failure.retryAfterMs ?? 0) : 0;
  return Math.min(Math.max(backoff, asked), LONGEST_WAIT_MS);
}

function transient(status: number | null): boolean {
  return status === null || status === 408 || status === 429 || status >= 500;
}

function retryable({ status, retryAfterMs }: Failure): boolean {
  return transient(status) && (retryAfterMs ?? 0) <= LONGEST_WAIT_MS;
}

function worthAnotherCredential(status: number | null): boolean {
  return transient(status) || status === 401 || status === 402 || status === 403;
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date; null where neither is given. */
export function retryAfterMs(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): number | null {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const raw = headers['retry-after'];
  if (typeof raw !== 'string') return null;
  const seconds = Number(raw);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(raw);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
