import type { Delivery } from '../deliver/delivery';
import type { GatewayError } from '../errors';
import type { Exchange, Target } from '../exchange';
import type { Outbound } from '../http/message';
import type { Upstream, UpstreamCall, UpstreamRequest } from '../http/upstream';

export interface Call {
  readonly exchange: Exchange;
  /** In the order to try them. */
  readonly targets: readonly Target[];
  request(target: Target): UpstreamRequest;
  delivery(target: Target): Delivery;
  readonly upstream: Upstream;
  readonly outbound: Outbound;
  /** Writes the log. */
  settle(): void;
}

/** Answers after which another credential may do better. Nothing of them was sent to the caller yet. */
function worthAnotherTry(status: number): boolean {
  return status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;
}

/**
 * Calls the targets in turn until one answers well or none is left; the last answer, good or bad, is the caller's.
 * Resolves when the caller has its whole answer, or has left.
 * @throws GatewayError when no target answered, or an answer can't be delivered and nothing was sent yet
 */
export async function callWithFallback(call: Call): Promise<void> {
  let reason = 'first choice';
  for (const [index, target] of call.targets.entries()) {
    const failure = await new Attempt(call, target, index + 1 < call.targets.length).run(reason);
    if (failure === null) return;
    reason = `fallback, because ${failure}`;
  }
}

/** One try at a target. */
class Attempt {
  private status: number | null = null;
  /** The answer is bad and another target is left: it is read to its end and dropped. */
  private passedOver = false;
  private over = false;
  private upstreamCall: UpstreamCall | null = null;
  private resolve: (failure: string | null) => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(
    private readonly call: Call,
    private readonly target: Target,
    private readonly more: boolean,
  ) {}

  /** @returns null when the call is over, else in words why another target should be tried */
  run(reason: string): Promise<string | null> {
    const { call, target } = this;
    call.exchange.beginAttempt(target, reason);
    const delivery = call.delivery(target);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.upstreamCall = call.upstream.call(call.request(target), {
        head: (status, headers) => {
          this.status = status;
          this.passedOver = this.more && worthAnotherTry(status);
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

  private end(delivery: Delivery): void {
    if (this.over) return;
    this.over = true;
    const answered = `the provider answered ${this.status}`;
    this.call.exchange.endAttempt(this.status, this.status !== null && this.status < 400 ? 'ok' : answered);
    if (this.passedOver) this.resolve(answered);
    else {
      this.guard(() => delivery.end());
      this.resolve(null);
    }
  }

  private fail(delivery: Delivery, error: GatewayError): void {
    if (this.over) return;
    this.over = true;
    const { exchange, outbound } = this.call;
    exchange.endAttempt(this.status, error.message);
    if (this.passedOver) this.resolve(`the provider answered ${this.status}`);
    else if (this.status === null && this.more) this.resolve(error.message);
    else if (!outbound.started) this.reject(error);
    else {
      // The caller has a part of the answer: it ends in the protocol's own way, and nothing else is tried.
      this.guard(() => delivery.fail(error));
      this.resolve(null);
    }
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
