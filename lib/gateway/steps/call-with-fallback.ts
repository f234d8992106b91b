import type { Delivery } from '../deliver/delivery';
import { GatewayError } from '../errors';
import type { Exchange, Target } from '../exchange';
import type { Outbound } from '../http/message';
import type { Upstream, UpstreamCall, UpstreamRequest } from '../http/upstream';
import { noteOn, type Prepared } from '../prepare/prepared';
import type { Breakers } from '../routing/breaker';
import { type Failure, nextStep, type RetryPolicy, retryAfterMs, type Step, waitBefore } from '../routing/schedule';
import { credentialKey, type Planned } from './plan-route';

export interface Call {
  readonly exchange: Exchange;
  /** In the order to try them. */
  readonly steps: readonly Step<Planned>[];
  readonly policy: RetryPolicy;
  readonly breakers: Breakers;
  request(target: Target, prepared: Prepared): UpstreamRequest;
  delivery(prepared: Prepared): Delivery;
  readonly upstream: Upstream;
  readonly outbound: Outbound;
  /** Writes the log. */
  settle(): void;
}

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
    const failure = await new Attempt(call, step.target, (why) => nextStep(call.steps, current, why) !== null).run(
      reason,
    );
    if (!failure) return;
    const next = nextStep(call.steps, current, failure);
    const following = next === null ? undefined : call.steps[next];
    if (next === null || !following) {
      // The last choice could not even be sent.
      if (call.exchange.error && !call.outbound.started && !call.exchange.settled) throw call.exchange.error;
      return;
    }
    if (!(await waited(call, waitBefore(following, step, call.policy, failure)))) return;
    const kind = following.model === step.model ? (following.round > 0 ? 'retry' : 'next key') : 'fallback';
    reason = `${kind}, because ${failure.words}`;
    current = next;
  }
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

type DescribedFailure = Failure & { readonly words: string };

/** One try at a target. */
class Attempt {
  private status: number | null = null;
  private retryAfterMs: number | null = null;
  /** The answer is bad and another step is worth taking: it is read to its end and dropped. */
  private passedOver = false;
  private over = false;
  private upstreamCall: UpstreamCall | null = null;
  private resolve: (failure: DescribedFailure | null) => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(
    private readonly call: Call,
    private readonly planned: Planned,
    private readonly worthMovingOn: (failure: Failure) => boolean,
  ) {}

  /** @returns null when the call is over, else how this try failed */
  run(reason: string): Promise<DescribedFailure | null> {
    const { call, planned } = this;
    let prepared: Prepared;
    try {
      prepared = planned.prepare();
    } catch (error) {
      call.exchange.beginAttempt(planned.target, reason, null);
      return Promise.resolve(this.unfit(error));
    }
    noteOn(call.exchange, prepared);
    call.exchange.beginAttempt(planned.target, reason, prepared.body);
    const delivery = call.delivery(prepared);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.upstreamCall = call.upstream.call(call.request(planned.target, prepared), {
        head: (status, headers) => {
          this.status = status;
          this.retryAfterMs = status >= 400 ? retryAfterMs(headers, Date.now()) : null;
          this.passedOver = status >= 400 && this.worthMovingOn(this.failure());
          if (!this.passedOver) this.guard(() => delivery.head(status, headers));
        },
        chunk: (bytes) => (this.passedOver || this.over ? true : (this.guard(() => delivery.chunk(bytes)) ?? true)),
        end: () => this.end(delivery),
        fail: (error) => this.fail(delivery, error),
      });
      call.outbound.onDrain(() => this.upstreamCall?.resume());
      call.outbound.onAbandoned(() => this.abandon());
    });
  }

  private failure(words = `the provider answered ${this.status}`): DescribedFailure {
    return { status: this.status, retryAfterMs: this.retryAfterMs, words };
  }

  /** The request can't be put into this provider's form. */
  private unfit(error: unknown): DescribedFailure {
    if (!(error instanceof GatewayError)) throw error;
    this.call.exchange.endAttempt(null, error.message);
    this.call.exchange.error = error;
    return { status: error.status, retryAfterMs: null, words: error.message };
  }

  private end(delivery: Delivery): void {
    if (this.over) return;
    this.over = true;
    const failure = this.failure();
    this.judge(failure.words);
    this.call.exchange.endAttempt(this.status, this.status !== null && this.status < 400 ? 'ok' : failure.words);
    if (this.passedOver) this.resolve(failure);
    else {
      this.guard(() => delivery.end());
      this.resolve(null);
    }
  }

  private fail(delivery: Delivery, error: GatewayError): void {
    if (this.over) return;
    this.over = true;
    const { exchange, outbound, breakers } = this.call;
    breakers.failed(credentialKey(this.planned.target.credential), error.message);
    exchange.endAttempt(this.status, error.message);
    if (this.passedOver) this.resolve(this.failure());
    else if (this.status === null && this.worthMovingOn(this.failure())) this.resolve(this.failure(error.message));
    else if (!outbound.started) this.reject(error);
    else {
      // The caller has a part of the answer: it ends in the protocol's own way, and nothing else is tried.
      this.guard(() => delivery.fail(error));
      this.resolve(null);
    }
  }

  /** Faults, limits and refused keys count against a credential; what the caller got wrong does not. */
  private judge(words: string): void {
    const key = credentialKey(this.planned.target.credential);
    const status = this.status ?? 0;
    if (status >= 500 || status === 429 || status === 408 || status === 401 || status === 403) {
      this.call.breakers.failed(key, words, this.retryAfterMs);
    } else this.call.breakers.succeeded(key);
  }

  private abandon(): void {
    if (this.over) return;
    this.over = true;
    this.upstreamCall?.abort();
    this.call.exchange.aborted = !this.call.exchange.settled;
    this.call.settle();
    this.resolve(null);
  }

  /** Runs a step of the delivery; what it throws ends the call. */
  private guard<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      this.over = true;
      this.upstreamCall?.abort();
      this.reject(error);
      return undefined;
    }
  }
}
