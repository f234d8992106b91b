import type { Funding } from '../credits/funding';
import { GatewayError } from '../errors';
import type { Target } from '../exchange';
import type { Prepared } from '../prepare/prepared';
import { nextStep, type Step, waitBefore } from '../routing/schedule';
import { Attempt, type Call, type FailedStep } from './attempt';
import type { Planned } from './plan-route';
import { Race } from './race';
import { ChoicesTry } from './try-choices';

/**
 * Calls the targets in turn until one answers well or none is worth trying; the last answer, good or bad, is the caller's.
 * Resolves when the caller has its whole answer, or has left.
 * @throws GatewayError when no target answered, or an answer can't be delivered and nothing was sent yet
 */
export async function callWithFallback(call: Call): Promise<void> {
  let reason = 'first choice';
  let current = 0;
  for (;;) {
    const step = call.steps[current];
    if (!step) return;
    const failure = await tryStep(call, current, step, reason);
    if (!failure) return;
    const next = nextStep(call.steps, failure.at, failure);
    const following = next === null ? undefined : call.steps[next];
    if (next === null || !following) {
      // The last choice could not even be sent.
      if (call.exchange.error && !call.outbound.started && !call.exchange.settled) throw call.exchange.error;
      return;
    }
    const last = call.steps[failure.at] ?? step;
    if (!(await waited(call, waitBefore(following, last, call.policy, failure)))) return;
    const kind = following.model === step.model ? (following.round > 0 ? 'retry' : 'next key') : 'fallback';
    reason = `${kind}, because ${failure.words}`;
    current = next;
  }
}

/** @returns null when the call is over, else how the try failed */
async function tryStep(call: Call, index: number, step: Step<Planned>, reason: string): Promise<FailedStep | null> {
  const { target } = step.target;
  const byCredits = target.credential.source === 'credits';
  let prepared: Prepared;
  let funding: Funding | null = null;
  let left = false;
  try {
    prepared = step.target.prepare();
    // Credits may be waited for; what was set aside is let go of with the log.
    if (byCredits) call.outbound.onAbandoned(() => (left = true));
    if (byCredits) ({ prepared, funding } = await call.fund(target, prepared));
  } catch (error) {
    return left ? abandoned(call, target, reason) : unfit(call, index, step, reason, error);
  }
  if (left) return abandoned(call, target, reason);
  const { translate } = prepared;
  if (translate && translate.choices > 1)
    return new ChoicesTry(call, index, target, prepared, translate, funding).run(reason);
  // What is set aside covers one attempt.
  if (call.hedge && !byCredits) return new Race(call, index, step, call.hedge).run(prepared, reason);
  return new Attempt(call, index, target, prepared, call.delivery(prepared), null, funding).run(reason);
}

/** The client left before the call was made. */
function abandoned({ exchange, settle }: Call, target: Target, reason: string): null {
  exchange.beginAttempt(target, reason, null);
  exchange.aborted = true;
  settle();
  return null;
}

/** The request can't be put into this provider's form. */
function unfit(call: Call, at: number, step: Step<Planned>, reason: string, error: unknown): FailedStep {
  const { exchange } = call;
  const attempt = exchange.beginAttempt(step.target.target, reason, null);
  if (!(error instanceof GatewayError)) throw error;
  exchange.endAttempt(attempt, null, error.message);
  exchange.error = error;
  return { at, status: error.status, retryAfterMs: null, words: error.message };
}

/** @returns false when the client left meanwhile; the log is then written */
function waited(call: Call, ms: number): Promise<boolean> {
  if (ms === 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    call.outbound.onAbandoned(() => {
      clearTimeout(timer);
      call.exchange.aborted = true;
      call.settle();
      resolve(false);
    });
  });
}
