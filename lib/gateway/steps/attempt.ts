import type { Funded } from '../credits/fund';
import type { Funding } from '../credits/funding';
import { type Delivery, isEventStream } from '../deliver/delivery';
import type { ChoiceCalls, MergedChoices } from '../deliver/merge-choices';
import type { GatewayError } from '../errors';
import type { Exchange, OpenAttempt, Target } from '../exchange';
import type { Outbound } from '../http/message';
import type { Upstream, UpstreamCall, UpstreamRequest } from '../http/upstream';
import { noteOn, type Prepared } from '../prepare/prepared';
import type { ChatWishes } from '../providers/provider';
import type { Breakers } from '../routing/breaker';
import type { Hedge } from '../routing/hedging';
import { type Failure, nextStep, type RetryPolicy, retryAfterMs, type Step } from '../routing/schedule';
import { credentialKey, type Planned } from './plan-route';

export interface Call {
  readonly exchange: Exchange;
  /** In the order to try them. */
  readonly steps: readonly Step<Planned>[];
  readonly policy: RetryPolicy;
  readonly breakers: Breakers;
  request(target: Target, prepared: Prepared): UpstreamRequest;
  delivery(prepared: Prepared): Delivery;
  /** The same for a request that asks for several choices. */
  choices(target: Target, wishes: ChatWishes, calls: ChoiceCalls): MergedChoices;
  /** Set where the call may be hedged. */
  readonly hedge: Hedge | null;
  /** Sets aside what a call by credits may cost. @throws GatewayError where they don't cover it */
  fund(target: Target, prepared: Prepared): Promise<Funded>;
  readonly upstream: Upstream;
  readonly outbound: Outbound;
  /** Writes the log. */
  settle(): void;
}

/** How a try failed, and from which step to go on. */
export interface FailedStep extends Failure {
  readonly at: number;
  readonly words: string;
}

/** Attempts that are made side by side for one answer. */
export interface Company {
  /** The step from which to go on when all have failed. */
  readonly position: number;
  /** Told when an attempt's answer begins or it fails. @returns whether another may still answer well in its place */
  heard(attempt: Attempt, good: boolean): boolean;
  /** The client has read on. */
  resume(): void;
  /** The client left. */
  abandon(): void;
}

/** One try at the target of a step. */
export class Attempt {
  private status: number | null = null;
  private retryAfterMs: number | null = null;
  /** The answer is bad and another step is worth taking: it is read to its end and dropped. */
  private passedOver = false;
  private over = false;
  private opened: OpenAttempt | null = null;
  private upstreamCall: UpstreamCall | null = null;
  /** Counts what a stream costs that credits pay; false to wait. */
  private metered: ((bytes: Buffer) => boolean) | null = null;
  private resolve: (failure: FailedStep | null) => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(
    private readonly call: Call,
    private readonly step: number,
    readonly target: Target,
    private readonly prepared: Prepared,
    private readonly delivery: Delivery,
    private readonly company: Company | null = null,
    private readonly funding: Funding | null = null,
  ) {}

  /**
   * @returns null when the call is over, else how this try failed
   * @throws GatewayError when nothing was sent yet, and the answer can't be delivered or none came and no step is left
   */
  run(reason: string): Promise<FailedStep | null> {
    const { call, target, prepared, delivery } = this;
    noteOn(call.exchange, prepared);
    this.opened = call.exchange.beginAttempt(target, reason, prepared.body);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.upstreamCall = call.upstream.call(call.request(target, prepared), {
        head: (status, headers) => {
          this.status = status;
          this.retryAfterMs = status >= 400 ? retryAfterMs(headers, Date.now()) : null;
          const another = this.company?.heard(this, status < 400) ?? false;
          this.passedOver = status >= 400 && (another || this.worthMovingOn());
          if (status < 400 && isEventStream(headers)) this.metered = this.funding?.meter(this) ?? null;
          if (!this.passedOver) this.guard(() => delivery.head(status, headers));
        },
        chunk: (bytes) => (this.passedOver || this.over ? true : (this.guard(() => this.take(bytes)) ?? true)),
        end: () => this.end(),
        fail: (error) => this.fail(error),
      });
      const all = this.company ?? this;
      call.outbound.onDrain(() => all.resume());
      call.outbound.onAbandoned(() => all.abandon());
    });
  }

  resume(): void {
    if (!this.funding?.waiting) this.upstreamCall?.resume();
  }

  /** Nothing pays for more of this answer: it ends in the protocol's own way with what was produced. */
  stop(error: GatewayError): void {
    if (!this.drop()) return;
    this.guard(() => this.delivery.fail(error));
    this.close(error.message);
    this.resolve(null);
  }

  /** The client left: ends the call and writes the log. */
  abandon(): void {
    if (!this.drop()) return;
    this.call.exchange.aborted = !this.call.exchange.settled;
    this.call.settle();
    this.resolve(null);
  }

  /** Ends this attempt because another made it needless. @returns whether it was still waiting for an answer */
  cancel(outcome: string): boolean {
    if (!this.drop()) return false;
    const waiting = this.status === null;
    const failed = this.status !== null && this.status >= 400;
    if (failed) this.judge(this.failure().words);
    this.close(failed ? this.failure().words : outcome);
    return waiting;
  }

  /** Breaks the connection off without a word on the log. @returns false where it was over */
  drop(): boolean {
    if (this.over) return false;
    this.over = true;
    this.upstreamCall?.abort();
    return true;
  }

  /** @returns false to pause the provider */
  private take(bytes: Buffer): boolean {
    const flows = this.delivery.chunk(bytes);
    return (this.metered?.(bytes) ?? true) && flows;
  }

  private failure(words = `the provider answered ${this.status}`): FailedStep {
    const { status, retryAfterMs, prepared } = this;
    return { at: this.step, status, retryAfterMs, elsewhere: status === 404 && prepared.retells === true, words };
  }

  private worthMovingOn(): boolean {
    return nextStep(this.call.steps, this.company?.position ?? this.step, this.failure()) !== null;
  }

  private close(outcome: string): void {
    if (this.opened) this.call.exchange.endAttempt(this.opened, this.status, outcome);
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    const failure = this.failure();
    this.judge(failure.words);
    this.close(this.status !== null && this.status < 400 ? 'ok' : failure.words);
    if (this.passedOver) this.resolve(failure);
    else {
      this.guard(() => this.delivery.end());
      this.resolve(null);
    }
  }

  private fail(error: GatewayError): void {
    if (this.over) return;
    this.over = true;
    const { outbound, breakers } = this.call;
    const { blame, code, message } = error;
    const another = this.company?.heard(this, false) ?? false;
    // A caller's broken upload says nothing about the key; an address that may not be called makes it useless to everybody.
    if (blame === 'provider' || code === 'address_refused')
      breakers.failed(credentialKey(this.target.credential), message);
    this.close(message);
    if (this.passedOver) this.resolve(this.failure());
    else if (this.status === null && (another || this.worthMovingOn())) this.resolve(this.failure(message));
    else if (!outbound.started) this.reject(error);
    else {
      // The caller has a part of the answer: it ends in the protocol's own way, and nothing else is tried.
      this.guard(() => this.delivery.fail(error));
      this.resolve(null);
    }
  }

  /** Faults, limits and refused keys count against a credential; what the caller got wrong does not. */
  private judge(words: string): void {
    const key = credentialKey(this.target.credential);
    const status = this.status ?? 0;
    if (status >= 500 || status === 429 || status === 408 || status === 401 || status === 403) {
      this.call.breakers.failed(key, words, this.retryAfterMs);
    } else this.call.breakers.succeeded(key);
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
