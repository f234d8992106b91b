import { GatewayError } from '../errors';
import type { Prepared } from '../prepare/prepared';
import type { Hedge } from '../routing/hedging';
import type { Step } from '../routing/schedule';
import { Attempt, type Call, type Company, type FailedStep } from './attempt';
import { billCancelled } from './bill-cancelled';
import type { Planned } from './plan-route';

const CANCELLED = 'cancelled, the other attempt answered first';

/**
 * A try that may be hedged: when its first byte is late, a second attempt is made beside it. The first good answer is the
 * caller's and cancels the other attempt; a bad one is dropped as long as the other may still do better.
 */
export class Race implements Company {
  /** The furthest step that was tried. */
  position: number;
  private readonly startedMs: number;
  /** Attempts that are not over. */
  private readonly running = new Set<Attempt>();
  /** Those of them that have not failed. */
  private readonly hopeful = new Set<Attempt>();
  private timer: NodeJS.Timeout | undefined;
  private resolve: (failure: FailedStep | null) => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(
    private readonly call: Call,
    private readonly first: number,
    private readonly step: Step<Planned>,
    private readonly hedge: Hedge,
  ) {
    this.position = first;
    this.startedMs = call.exchange.elapsedMs();
  }

  /** As Attempt.run. */
  run(prepared: Prepared, reason: string): Promise<FailedStep | null> {
    const waitMs = this.hedge.waitMs(this.step.model);
    return new Promise<FailedStep | null>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      if (waitMs !== null) this.timer = setTimeout(() => this.second(waitMs), waitMs);
      this.begin(this.first, prepared, reason);
    }).finally(() => clearTimeout(this.timer));
  }

  heard(attempt: Attempt, good: boolean): boolean {
    clearTimeout(this.timer);
    // Heard of before: what was passed over must not come back as the answer when it breaks.
    if (!this.hopeful.delete(attempt)) return false;
    if (!good && this.hopeful.size > 0) return true;
    const { exchange } = this.call;
    // The log tells of the attempt whose answer the caller gets, and its key is the one kept out of that answer.
    exchange.target = attempt.target;
    if (!good) return false;
    this.hedge.observe(this.step.model, exchange.elapsedMs() - this.startedMs);
    for (const other of [...this.running]) if (other !== attempt) this.cancel(other);
    return false;
  }

  resume(): void {
    for (const attempt of this.running) attempt.resume();
  }

  abandon(): void {
    const [last, ...others] = [...this.running].reverse();
    for (const other of others) other.drop();
    last?.abandon();
  }

  private begin(index: number, prepared: Prepared, reason: string): void {
    const { call } = this;
    const target = call.steps[index]?.target.target ?? this.step.target.target;
    const attempt = new Attempt(call, index, target, prepared, call.delivery(prepared), this);
    this.running.add(attempt);
    this.hopeful.add(attempt);
    attempt.run(reason).then(
      (failure) => {
        this.running.delete(attempt);
        if (failure === null) this.resolve(null);
        else if (this.running.size === 0) this.resolve({ ...failure, at: this.position });
      },
      (error: unknown) => this.reject(error),
    );
  }

  /** Preferably with another credential: what is slow may be the first one's. */
  private second(waitMs: number): void {
    const { call } = this;
    const other = call.steps.findIndex((step, index) => index > this.first && this.isOther(step));
    const index = other < 0 ? this.first : other;
    const step = call.steps[index];
    if (!step || !call.breakers.isHealthy(step.credential)) return;
    const prepared = preparedOrNull(step);
    if (!prepared || !this.hedge.spend()) return;
    this.position = index;
    this.begin(index, prepared, `hedge, because no first byte came within ${Math.round(waitMs)} ms`);
  }

  private isOther({ model, credential, round }: Step<Planned>): boolean {
    const { step } = this;
    return (
      model === step.model && round === 0 && credential !== step.credential && this.call.breakers.isHealthy(credential)
    );
  }

  private cancel(attempt: Attempt): void {
    this.running.delete(attempt);
    this.hopeful.delete(attempt);
    if (attempt.cancel(CANCELLED)) billCancelled(this.call.exchange, attempt.target, (main) => main);
  }
}

/** A target that can't be sent the request is no hedge. */
function preparedOrNull(step: Step<Planned>): Prepared | null {
  try {
    return step.target.prepare();
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}
