import type { Funding } from '../credits/funding';
import type { ChoiceCalls, MergedChoices } from '../deliver/merge-choices';
import type { Target } from '../exchange';
import type { Prepared } from '../prepare/prepared';
import type { ChatWishes } from '../providers/provider';
import { Attempt, type Call, type Company, type FailedStep } from './attempt';
import { billCancelled } from './bill-cancelled';

const CANCELLED = 'cancelled, another choice failed';
const UNKNOWN =
  'Choices were cancelled before the provider said what their prompt takes: if it bills them, that is not in the cost.';

/** A try at a target that is asked for several choices: a call for each, at the same time, that succeed or fail together. */
export class ChoicesTry implements Company, ChoiceCalls {
  private readonly merged: MergedChoices;
  private readonly attempts: readonly Attempt[];
  private readonly running: Set<Attempt>;

  constructor(
    private readonly call: Call,
    readonly position: number,
    target: Target,
    prepared: Prepared,
    wishes: ChatWishes,
    funding: Funding | null,
  ) {
    this.merged = call.choices(target, wishes, this);
    this.attempts = this.merged.deliveries.map(
      (delivery) => new Attempt(call, position, target, prepared, delivery, this, funding),
    );
    this.running = new Set(this.attempts);
  }

  /** As Attempt.run. */
  run(reason: string): Promise<FailedStep | null> {
    return new Promise((resolve, reject) => {
      for (const [index, attempt] of this.attempts.entries()) {
        // The first one may have learned that the client is gone.
        if (!this.running.has(attempt)) continue;
        attempt.run(`${reason}, choice ${index + 1} of ${this.attempts.length}`).then(
          (failure) => {
            this.running.delete(attempt);
            if (failure) resolve(failure);
            else if (this.running.size === 0) resolve(null);
          },
          (error: unknown) => {
            this.merged.giveUp();
            this.stopOthers(index);
            reject(error);
          },
        );
      }
    });
  }

  heard(attempt: Attempt, good: boolean): boolean {
    // Once the answer has begun, it says itself when it is over.
    if (good || this.call.outbound.started) return false;
    this.merged.giveUp();
    this.stopOthers(this.attempts.indexOf(attempt));
    return false;
  }

  stopOthers(choice: number): void {
    for (const [index, attempt] of this.attempts.entries()) {
      if (index === choice || !this.running.delete(attempt)) continue;
      attempt.cancel(CANCELLED);
      this.bill(index, attempt);
    }
  }

  /** What a cancelled choice told of itself is billed as it is; one that told nothing has the prompt of those that did. */
  private bill(choice: number, { target }: Attempt): void {
    const { exchange } = this.call;
    const readings = this.merged.readings();
    if (readings[choice]?.usage) return;
    const told = readings.find(({ usage }) => usage !== null);
    if (told) billCancelled(exchange, target, () => told);
    else if (!exchange.warnings.includes(UNKNOWN)) exchange.warnings.push(UNKNOWN);
  }

  resume(): void {
    for (const attempt of this.running) attempt.resume();
  }

  abandon(): void {
    const [first, ...others] = this.running;
    this.running.clear();
    for (const other of others) other.drop();
    first?.abandon();
  }
}
